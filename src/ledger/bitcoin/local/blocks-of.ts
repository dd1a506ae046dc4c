import { ABSENT } from '../../ledger.ts'
import type { BitcoinBlock, ScriptColumn } from '../block.ts'
import type { LocalBitcoinLedger } from './ledger.ts'
import type { BitcoinSegment } from './segment.ts'

/** Blocks of a ledger as a source gives them: reading them into a new ledger gives the same one. `keep` chooses by height; the segments are those of the ledger. */
export function* blocksOf(
  ledger: LocalBitcoinLedger,
  segments: readonly BitcoinSegment[],
  keep: (height: number) => boolean = () => true,
): Generator<BitcoinBlock> {
  for (const segment of segments) {
    const heights = segment.u32('block.height')
    for (let block = 0; block < heights.length; block++) if (keep(heights[block] as number)) yield blockAt(ledger, segment, block)
  }
}

function blockAt(ledger: LocalBitcoinLedger, segment: BitcoinSegment, block: number): BitcoinBlock {
  const { columns } = segment
  const starts = segment.u32('block.tx')
  const first = starts[block] as number
  const end = starts[block + 1] ?? columns.transactions
  const firstIn = columns.txIn[first] as number
  const endIn = columns.txIn[end] as number
  const firstOut = columns.txOut[first] as number
  const endOut = columns.txOut[end] as number
  const height = segment.u32('block.height')[block] as number
  const prevTxid = new Uint8Array((endIn - firstIn) * 32)
  const prevIndex = new Uint32Array(endIn - firstIn)
  const known = new Uint8Array(endIn - firstIn)
  const spentValue = new Uint32Array((endIn - firstIn) * 2)
  const spentScripts: Uint8Array[] = []
  let foreigners = 0
  for (let i = firstIn; i < endIn; i++) {
    const output = columns.inOutput[i] as number
    const at = i - firstIn
    const foreign = segment.foreignAt(output)
    spentScripts.push(NOTHING)
    if (foreign === -1) {
      const creator = ledger.creatorOf(output)
      const home = ledger.segments.find(
        ({ record }) => creator >= record.firstTx && creator < record.firstTx + record.transactions,
      ) as BitcoinSegment
      const local = creator - home.record.firstTx
      prevTxid.set(home.u8('tx.hash').subarray(local * 32, local * 32 + 32), at * 32)
      prevIndex[at] = output - home.record.firstOutput - (home.u32('tx.out')[local] as number)
      continue
    }
    prevTxid.set(segment.u8('foreign.hash').subarray(foreign * 32, foreign * 32 + 32), at * 32)
    prevIndex[at] = segment.u32('foreign.index')[foreign] as number
    const value = segment.u32('foreign.value')
    if (value[foreign * 2 + 1] === ABSENT) continue
    foreigners += 1
    known[at] = 1
    spentValue[at * 2] = value[foreign * 2] as number
    spentValue[at * 2 + 1] = value[foreign * 2 + 1] as number
    const account = segment.u32('foreign.account')[foreign] as number
    if (account !== ABSENT) spentScripts[at] = ledger.scriptOf(account)
  }
  const scripts: Uint8Array[] = []
  for (let o = firstOut; o < endOut; o++) {
    const account = columns.outAccount[o] as number
    scripts.push(account === ABSENT ? (segment.dataOf(columns.firstOutput + o) ?? NOTHING) : ledger.scriptOf(account))
  }
  return {
    height,
    hash: segment.u8('block.hash').slice(block * 32, block * 32 + 32),
    previous: ledger.blockHash(height - 1) ?? new Uint8Array(32),
    time: segment.u32('block.time')[block] as number,
    transactions: end - first,
    txid: segment.u8('tx.hash').slice(first * 32, end * 32),
    version: columns.version.slice(first, end),
    lockTime: columns.lockTime.slice(first, end),
    flags: columns.flags.slice(first, end),
    inStart: columns.txIn.slice(first, end + 1).map((at) => at - firstIn),
    outStart: columns.txOut.slice(first, end + 1).map((at) => at - firstOut),
    prevTxid,
    prevIndex,
    value: columns.outValue.slice(firstOut * 2, endOut * 2),
    script: joined(scripts),
    spent: foreigners === 0 ? null : { known, value: spentValue, script: joined(spentScripts) },
  }
}

const NOTHING = new Uint8Array(0)

function joined(scripts: readonly Uint8Array[]): ScriptColumn {
  const bytes = new Uint8Array(scripts.reduce((sum, script) => sum + script.length, 0))
  const start = new Uint32Array(scripts.length)
  const end = new Uint32Array(scripts.length)
  let at = 0
  for (const [k, script] of scripts.entries()) {
    bytes.set(script, at)
    start[k] = at
    at += script.length
    end[k] = at
  }
  return { bytes, start, end }
}
