import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CordonError } from '../../../../src/chain/index.ts'
import { ABSENT } from '../../../../src/ledger/ledger.ts'
import { type Draft, draftId, type TestBlock } from './blocks.ts'
import { withServer } from './opened.ts'
import { ALICE, blocks, first, follow, ONWARD, OTHER, onward, open, other, PAYMENT, second, third } from './payments.ts'

type Fields = Record<string, unknown>

/** Follows while answers to matching paths are changed. */
function withLie(path: RegExp, lie: (body: Fields) => unknown): Promise<void> {
  return withServer(blocks, async (opened) => {
    opened.server.edit = (asked, body) => (path.test(asked) ? lie(structuredClone(body) as Fields) : body)
    await follow(await opened.open(open))
  })
}

describe('what a lying server says', () => {
  it('is believed where nothing is wrong', () => withLie(/^$/, (body) => body))

  it.each<[string, RegExp, (body: Fields) => unknown, string]>([
    [
      'another value of an output',
      new RegExp(`^/tx/${PAYMENT}$`),
      (tx) => edit(tx, ['vout', 0, 'value'], 2e8),
      'esplora/wrong-transaction',
    ],
    [
      'another script of an output',
      new RegExp(`^/tx/${PAYMENT}$`),
      (tx) => edit(tx, ['vout', 0, 'scriptpubkey'], ALICE),
      'esplora/wrong-transaction',
    ],
    ['another spent output', new RegExp(`^/tx/${PAYMENT}$`), (tx) => edit(tx, ['vin', 0, 'vout'], 1), 'esplora/wrong-transaction'],
    ['another lock time', new RegExp(`^/tx/${PAYMENT}$`), (tx) => edit(tx, ['locktime'], 7), 'esplora/wrong-transaction'],
    ['a transaction under another id', new RegExp(`^/tx/${PAYMENT}$`), (tx) => edit(tx, ['txid'], ONWARD), 'esplora/wrong-transaction'],
    ['another transaction than asked for', new RegExp(`^/tx/${PAYMENT}$`), () => onwardAnswer(), 'esplora/wrong-transaction'],
    [
      'another value of what was spent before',
      new RegExp(`^/tx/${first.transactions[0]?.txid}$`),
      (tx) => edit(tx, ['vout', 0, 'value'], 49e8),
      'esplora/wrong-transaction',
    ],
    ['a proof with another hash in it', /merkle-proof/, (proof) => edit(proof, ['merkle', 0], '0'.repeat(64)), 'esplora/wrong-proof'],
    ['a proof of another position', /merkle-proof/, (proof) => edit(proof, ['pos'], 0), 'esplora/wrong-proof'],
    ['a position past the width of the tree', /merkle-proof/, (proof) => edit(proof, ['pos'], 3), 'esplora/wrong-proof'],
    ['a proof for another height', /merkle-proof/, (proof) => edit(proof, ['block_height'], 1), 'esplora/bad-answer'],
    [
      'another block of the transaction',
      new RegExp(`^/tx/${PAYMENT}$`),
      (tx) => edit(tx, ['status', 'block_hash'], first.hash),
      'esplora/wrong-block',
    ],
    [
      'a block that it does not have',
      new RegExp(`^/tx/${PAYMENT}$`),
      (tx) => edit(tx, ['status', 'block_hash'], '0'.repeat(64)),
      'esplora/wrong-block',
    ],
    [
      'a block with another Merkle root',
      new RegExp(`^/block/${second.hash}`),
      (block) => edit(block, ['merkle_root'], '0'.repeat(64)),
      'esplora/wrong-block',
    ],
    ['a block of another time', new RegExp(`^/block/${second.hash}`), (block) => edit(block, ['timestamp'], 1), 'esplora/wrong-block'],
    ['a block of another height', new RegExp(`^/block/${second.hash}`), (block) => edit(block, ['height'], 3), 'esplora/wrong-block'],
    ['a spender that spends something else', /outspends/, (list) => edit(list, [0, 'txid'], OTHER), 'esplora/wrong-spend'],
    ['a spend by another input', /outspends/, (list) => edit(list, [0, 'vin'], 1), 'esplora/wrong-spend'],
    ['a spender that does not exist', /outspends/, (list) => edit(list, [0, 'txid'], '0'.repeat(64)), 'esplora/wrong-spend'],
    ['spends of too few outputs', /outspends/, (list) => (list as unknown as unknown[]).slice(1), 'esplora/bad-answer'],
    ['a history shorter than it counts', /txs\/chain/, (page) => (page as unknown as unknown[]).slice(1), 'esplora/history-cut'],
    [
      'a history that repeats itself',
      /txs\/chain/,
      (page) => [...(page as unknown as unknown[]).slice(0, 1), ...(page as unknown as unknown[])],
      'esplora/bad-answer',
    ],
    ['a history in the wrong order', /txs\/chain/, (page) => (page as unknown as unknown[]).toReversed(), 'esplora/bad-answer'],
    [
      'a history with somebody else in it',
      /txs\/chain/,
      (page) => [otherAnswer(), ...(page as unknown as unknown[]).slice(1)],
      'esplora/unrelated-transaction',
    ],
    ['a text for a number', new RegExp(`^/tx/${PAYMENT}$`), (tx) => edit(tx, ['vout', 0, 'value'], '100000000'), 'esplora/bad-answer'],
    ['a fraction of a satoshi', new RegExp(`^/tx/${PAYMENT}$`), (tx) => edit(tx, ['vout', 0, 'value'], 0.5), 'esplora/bad-answer'],
    ['more coins than there are', new RegExp(`^/tx/${PAYMENT}$`), (tx) => edit(tx, ['vout', 0, 'value'], 21e14 + 1), 'esplora/bad-answer'],
    ['hex that is none', new RegExp(`^/tx/${PAYMENT}$`), (tx) => edit(tx, ['vout', 0, 'scriptpubkey'], 'zz'), 'esplora/bad-answer'],
    ['a list for an object', new RegExp(`^/tx/${PAYMENT}$`), () => [], 'esplora/bad-answer'],
    ['null', /outspends/, () => null, 'esplora/bad-answer'],
    ['counts that are none', /^\/scripthash\/[0-9a-f]+$/, (stats) => edit(stats, ['chain_stats', 'tx_count'], -1), 'esplora/bad-answer'],
  ])('is refused: %s', async (_, path, lie, code) => {
    await expect(withLie(path, lie)).rejects.toMatchObject({ name: 'CordonError', code })
  })

  it('leaves a transaction absent that it calls unconfirmed: that nobody can disprove', () =>
    withServer(blocks, async ({ open: openLedger, server }) => {
      server.edit = (path, body) => (path === `/tx/${PAYMENT}` ? { ...(body as Fields), status: { confirmed: false } } : body)
      expect([...(await (await openLedger(open)).transactionIds([PAYMENT]))]).toEqual([ABSENT])
    }))

  it('never ends in anything but a plain error, whatever is put in the place of any part of an answer', () =>
    withServer(blocks, async ({ open: openLedger, server }) => {
      let refused = 0
      await fc.assert(
        fc.asyncProperty(fc.nat(30), fc.array(fc.nat(), { maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), async (which, way, value) => {
          let answers = 0
          server.edit = (_, body) => (answers++ === which ? replaced(structuredClone(body), way, value) : body)
          try {
            const ledger = await openLedger(open)
            // Called unconfirmed, it is absent, and nothing follows.
            if ((await ledger.transactionIds([PAYMENT]))[0] !== ABSENT) await follow(ledger)
          } catch (error) {
            expect(error).toBeInstanceOf(CordonError)
            expect((error as CordonError).code).toMatch(/^esplora\//)
            refused++
          }
        }),
        { numRuns: 150 },
      )
      expect(refused).toBeGreaterThan(20)
    }))

  it('is refused with the path that it came from, and what to do', () =>
    withServer(blocks, async ({ open: openLedger, server, url }) => {
      server.edit = (path, body) => (path.endsWith('/merkle-proof') ? edit(structuredClone(body) as Fields, ['pos'], 0) : body)
      const ledger = await openLedger({ ...open, url: url.replace('http://', 'http://user:secret@') })
      const error = (await ledger.transactionIds([PAYMENT]).catch((caught: unknown) => caught)) as Error & {
        place: { file: string }
        remedy: string
      }
      expect(error.place.file).toBe(`${url}/tx/${PAYMENT}/merkle-proof`)
      expect(error.remedy).toBe('Do not trust this server: use another.')
      expect(JSON.stringify([error, error.message, ledger.manifest])).not.toContain('secret')
    }))

  it('is refused where its chain is that of another network', () =>
    withServer(blocks, async ({ open: openLedger }) => {
      await expect(openLedger({ ...open, network: 'main' })).rejects.toMatchObject({ code: 'esplora/wrong-network' })
    }))
})

function edit(body: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  const target = body as Record<string | number, unknown>
  if (rest.length === 0) target[key as string] = value
  else edit(target[key as string], rest, value)
  return body
}

/** The body with a value in the place that a way through its fields leads to. */
function replaced(body: unknown, [turn, ...way]: readonly number[], value: unknown): unknown {
  if (turn === undefined || typeof body !== 'object' || body === null) return value
  const keys = Object.keys(body)
  const key = keys[turn % Math.max(1, keys.length)]
  return key === undefined ? value : Object.assign(body, { [key]: replaced((body as Record<string, unknown>)[key], way, value) })
}

function answerOf(draft: Draft, block: TestBlock): unknown {
  return {
    txid: draftId(draft),
    version: 2,
    locktime: 0,
    vin: draft.inputs.map(({ txid, index }) => ({ txid, vout: index, scriptsig: '', sequence: 0xffff_fffd })),
    vout: draft.outputs.map(({ value, script }) => ({ scriptpubkey: script, value })),
    status: { confirmed: true, block_height: block.height, block_hash: block.hash, block_time: block.time },
  }
}

function onwardAnswer(): unknown {
  return answerOf(onward, third)
}

function otherAnswer(): unknown {
  return answerOf(other, third)
}
