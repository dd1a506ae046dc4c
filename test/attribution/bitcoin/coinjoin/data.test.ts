import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { coinjoinRows, distinct, half, MEASURED_FAMILIES, score } from '../../../../bench/accuracy/coinjoin.ts'
import { readBlocks } from '../../../../bench/accuracy/coinjoin-blocks.ts'
import { COINJOINS, readCoinJoins } from '../../../../bench/accuracy/coinjoin-file.ts'
import { labels } from '../../../../bench/accuracy/coinjoin-labels.ts'
import { detectCoinJoin, detectJoinMarket, WASABI1_COORDINATORS } from '../../../../src/attribution/bitcoin/coinjoin/index.ts'
import { addressScript, BITCOIN_NETWORKS } from '../../../../src/chain/index.ts'
import { hasShared } from '../../shared.ts'

describe.skipIf(!hasShared('coinjoin'))('real CoinJoins', () => {
  const lines = readCoinJoins() ?? []
  const { truth, said, mislabels } = labels(lines)
  const odd = distinct(lines).filter(({ txid }) => half(txid) === 'odd')

  it.each(MEASURED_FAMILIES)('%s: precision >= 0.99 and recall >= 0.95 on the half on which no threshold was chosen', (family) => {
    const { precision, recall, truePositives } = score(odd, truth, family)
    expect(precision).toBeGreaterThanOrEqual(0.99)
    expect(recall).toBeGreaterThanOrEqual(0.95)
    expect(truePositives).toBeGreaterThan(10)
  })

  it.each(['whirlpool', 'wasabi1'] as const)('%s: recall >= 0.95 by the labels as they stand, too', (family) => {
    expect(score(odd, said, family).recall).toBeGreaterThanOrEqual(0.95)
  })

  it('whoever leaves out the mislabelled lines finds the same precision', () => {
    const doubtful = new Set(mislabels.map(({ txid }) => txid))
    const undoubted = odd.filter(({ txid }) => !doubtful.has(txid))
    for (const family of MEASURED_FAMILIES) expect(score(undoubted, said, family).precision, family).toBeGreaterThanOrEqual(0.99)
  })

  it('mislabelled lines are counted, each with its reason', () => {
    const count = new Map<string, number>()
    for (const { file, is } of mislabels) count.set(`${file} is ${is}`, (count.get(`${file} is ${is}`) ?? 0) + 1)
    expect(Object.fromEntries(count)).toEqual({
      'whirlpool_tx0 is whirlpool': 151,
      'negatives_whirlpool_postmix is whirlpool': 251,
      'negatives_whirlpool_postmix is whirlpool-tx0': 3,
      'negatives_whirlpool_postmix is joinmarket': 1,
      'negatives_wasabi1_postmix is wasabi1': 76,
      'wasabi2 is null': 2,
    })
    expect(mislabels.every(({ why }) => why.length > 20)).toBe(true)
  })

  it('nothing else is called JoinMarket', () => {
    const hits = lines.filter(({ tx }) => detectJoinMarket(tx) !== null).map(({ txid }) => txid)
    expect(hits).toEqual(['891c170136939b193a51f8c303a5b0081e294b319e0bd0baf40e68c3f04b9988'])
  })

  it("every line of Wasabi 1 pays an address of the coordinator, as Dumplings' rule has it, and the fee is told", () => {
    const scripts = WASABI1_COORDINATORS.map((address) => addressScript(address, BITCOIN_NETWORKS.main))
    const hex = scripts.map((script) => Buffer.from(script ?? []).toString('hex'))
    const text = readFileSync(`${COINJOINS}wasabi1.txt`, 'utf8').split('\n')
    const round = lines.filter(({ file }) => file === 'wasabi1')
    const accounts = new Set<number>()
    round.forEach(({ tx }, k) => {
      const outputs = (text[k]?.split(':::')[5] ?? '').split('}{').map((output) => output.split('+')[1] ?? '')
      const at = outputs.findIndex((script) => hex.includes(script))
      accounts.add(tx.outputs[at]?.account ?? -1)
    })
    expect(accounts.size).toBe(1)
    for (const { tx, txid } of round) {
      const found = detectCoinJoin(tx, { wasabi1Coordinators: accounts })
      expect(Number(found?.parameters.coordinatorFee), txid).toBeGreaterThan(0)
    }
  })

  it('every row of the report reaches its target', async () => {
    const rows = await coinjoinRows()
    const share = (id: string): number => rows.find((row) => row.id === `coinjoin/${id}`)?.value ?? -1
    for (const family of MEASURED_FAMILIES) {
      expect(share(`${family}/precision`)).toBeGreaterThanOrEqual(0.99)
      expect(share(`${family}/recall`)).toBeGreaterThanOrEqual(0.95)
    }
    expect(share('joinmarket/false-hits')).toBe(0)
  })
})

describe.skipIf(!hasShared('bitcoin'))('ordinary transactions of real blocks', () => {
  it('are called no CoinJoin of any family, with values of inputs or without', () => {
    const txs = readBlocks() ?? []
    expect(txs.length).toBeGreaterThan(5_000)
    for (const { tx, txid } of txs) {
      expect(detectCoinJoin(tx), txid).toBeNull()
      const bare = tx.inputs.map((input) => ({ ...input, tx: null, value: null, account: null, script: null }))
      expect(detectCoinJoin({ ...tx, inputs: bare }), txid).toBeNull()
    }
  })
})
