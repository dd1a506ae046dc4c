import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LoadedTags, tagStore } from '../../../src/attribution/index.ts'
import type { BuilderInput, BuilderTransaction } from '../../../src/ledger/bitcoin/builder.ts'
import { openBitcoinLedger, writeBitcoinLedger } from '../../../src/ledger/bitcoin/local/import.ts'
import type { LocalBitcoinLedger } from '../../../src/ledger/bitcoin/local/ledger.ts'
import { tagOf } from '../../attribution/tag-of.ts'
import { hash, incomingBlocks, nameOf, type PlainBlock } from '../../ledger/bitcoin/chain.ts'

/** P2WPKH script of person `who`. */
export function wallet(who: string): Uint8Array {
  return Uint8Array.of(0x00, 0x14, ...Buffer.from(hash('wallet', who).slice(0, 40), 'hex'))
}

export function addressOf(who: string): string {
  return nameOf(wallet(who))
}

export function txid(name: string): string {
  return hash('tx', name)
}

/** A transaction in words: inputs as `name:index`, outputs as owner and satoshis; `data` is an OP_RETURN text. */
export interface Told {
  readonly name: string
  readonly from?: readonly string[]
  readonly to: readonly (readonly [who: string, satoshis: number] | { readonly data: string })[]
  /** Inputs of a value that nobody told. */
  readonly unknown?: number
}

/** One block for each list of transactions, on top of a coinbase of 50 BTC to `miner-HEIGHT`, which is spent as `coinbase-HEIGHT:0`. */
export function chainOf(blocks: readonly (readonly Told[])[]): PlainBlock[] {
  const list: PlainBlock[] = []
  for (const [height, told] of blocks.entries()) {
    const transactions: BuilderTransaction[] = [
      {
        txid: txid(`coinbase-${height}`),
        version: 2,
        lockTime: 0,
        witness: false,
        inputs: [],
        outputs: [{ value: 50_0000_0000n, script: wallet(`miner-${height}`) }],
      },
    ]
    for (const { name, from = [], to, unknown = 0 } of told) {
      const inputs: BuilderInput[] = from.map((spent) => {
        const at = spent.lastIndexOf(':')
        return { txid: txid(spent.slice(0, at)), index: Number(spent.slice(at + 1)), sequence: 0xffff_fffd }
      })
      for (let k = 0; k < unknown; k++) inputs.push({ txid: hash('unknown', name, k), index: 0, sequence: 0xffff_fffd })
      transactions.push({
        txid: txid(name),
        version: 2,
        lockTime: 0,
        witness: true,
        inputs,
        outputs: to.map((output) =>
          'data' in output
            ? { value: 0n, script: Uint8Array.of(0x6a, ...pushOf(output.data)) }
            : { value: BigInt(output[1]), script: wallet(output[0]) },
        ),
      })
    }
    list.push({
      height,
      hash: hash('block', height),
      previous: height === 0 ? '0'.repeat(64) : hash('block', height - 1),
      time: 1_700_000_000 + 600 * height,
      transactions,
    })
  }
  return list
}

function pushOf(text: string): number[] {
  const bytes = [...Buffer.from(text)]
  return bytes.length < 0x4c ? [bytes.length, ...bytes] : [0x4c, bytes.length, ...bytes]
}

const folders: string[] = []

export async function ledgerOf(blocks: readonly (readonly Told[])[]): Promise<LocalBitcoinLedger> {
  const directory = await mkdtemp(join(tmpdir(), 'cordon-coins-'))
  folders.push(directory)
  await writeBitcoinLedger(incomingBlocks(chainOf(blocks)), directory)
  return openBitcoinLedger(directory)
}

export async function clearLedgers(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
}

/** Tags that name people's addresses as exchanges. */
export function exchanges(...names: readonly string[]): LoadedTags {
  return tagStore(
    names.map((name) =>
      tagOf({ address: addressOf(name), label: name, confidence: 'ownership', concepts: ['exchange'], isClusterDefiner: true }),
    ),
  )
}
