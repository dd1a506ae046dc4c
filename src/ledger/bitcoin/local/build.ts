import { join } from 'node:path'
import type { Work } from '../../../chain/index.ts'
import { ABSENT } from '../../ledger.ts'
import { sealFiles } from '../../local/build.ts'
import { fileBytes, writeFile } from '../../local/files.ts'
import { runJobs } from '../../local/jobs.ts'
import { defaultReadMode, type MappedFile, openFile } from '../../local/mapping.ts'
import type { IncomingBlocks } from '../block.ts'
import { FIRST_FOREIGN } from '../columns.ts'
import { type BitcoinContinuation, BitcoinIntake, type BitcoinIntakeResult } from './intake.ts'
import { type BitcoinSegmentRecord, KEY_WORDS, TXID_HASHED, TXID_WORDS } from './layout.ts'
import { buildPaid } from './paid.ts'
import { rowsOf } from './rows.ts'

/** Transactions from which a thread pays for its start, and bytes of finished files from which two do. */
const THREADS_FROM = 200_000
const SEAL_THREADS_FROM = 2 ** 31

/** What the second pass needs to know of earlier segments. */
export interface EarlierOutputs {
  /** Account of an output of an earlier segment, ABSENT where it has none. */
  accountOf(output: number): number
  /** Its satoshis as (low, high), or null where not known. */
  satoshisOf(output: number): number
}

export interface BuildOptions extends Work {
  readonly name: string
  /** Bytes that sorting may hold at once. */
  readonly memory: number
  readonly earlier: EarlierOutputs
  /** False keeps all work in this thread. */
  readonly threads: boolean
}

export interface BuiltBitcoinSegment {
  readonly record: BitcoinSegmentRecord
  readonly intake: BitcoinIntakeResult
}

/** Builds one segment in `folder` from blocks in order. All files are on the disk when this returns. Throws as `BitcoinIntake.add`, and what the source throws. */
export async function buildBitcoinSegment(
  incoming: Pick<IncomingBlocks, 'blocks'>,
  folder: string,
  start: BitcoinContinuation,
  options: BuildOptions,
): Promise<BuiltBitcoinSegment> {
  const intake = await takeBlocks(incoming, folder, start, options)
  const path = (name: string): string => join(folder, name)
  const threads = options.threads && intake.transactions >= THREADS_FROM
  const index = (name: 'account' | 'tx', keys: string, words: number, rest: { readonly hashed?: number; readonly repeats?: boolean }) => ({
    kind: 'key-index' as const,
    keysFile: path(keys),
    words,
    bucketFile: path(`${name}.bucket`),
    slotFile: path(`${name}.slot`),
    skipZero: false,
    memory: options.memory / 2,
    ...rest,
  })
  // In a thread of its own it runs beside what follows.
  const indexing = runJobs(
    [index('account', 'account.key', KEY_WORDS, {}), index('tx', 'tx.hash', TXID_WORDS, { hashed: TXID_HASHED, repeats: true })],
    {
      threads,
      lanes: 1,
      signal: options.signal,
    },
  )
  // A failure of its own is met where it is waited for.
  indexing.catch(() => {})
  const open = (name: string): MappedFile => openFile(path(name), fileBytes(path(name)), defaultReadMode())
  const files = Object.fromEntries(SECOND_PASS.map((name) => [name, open(name)])) as Record<(typeof SECOND_PASS)[number], MappedFile>
  let rows: number
  let active: number
  try {
    const u32 = (name: (typeof SECOND_PASS)[number]): Uint32Array => new Uint32Array(files[name].buffer)
    const outAccount = u32('out.account')
    const outValue = u32('out.value')
    const foreignAccount = u32('foreign.account')
    const foreignValue = u32('foreign.value')
    const firstForeign = FIRST_FOREIGN - start.firstForeign
    const isForeign = (output: number): boolean => output <= firstForeign && output > firstForeign - intake.foreign
    const columns = {
      start,
      transactions: intake.transactions,
      txIn: u32('tx.in'),
      txOut: u32('tx.out'),
      flags: new Uint8Array(files['tx.flags'].buffer),
      inOutput: u32('in.output'),
      outAccount,
      outValue,
      foreignAccount,
      accountOf: (output: number): number => {
        const local = output - start.firstOutput
        if (local >= 0 && local < intake.outputs) return outAccount[local] as number
        return isForeign(output) ? (foreignAccount[firstForeign - output] as number) : options.earlier.accountOf(output)
      },
      satoshisOf: (output: number): number => {
        const local = output - start.firstOutput
        if (local >= 0 && local < intake.outputs)
          return (outValue[local * 2] as number) + (outValue[local * 2 + 1] as number) * 0x1_0000_0000
        if (!isForeign(output)) return options.earlier.satoshisOf(output)
        const k = firstForeign - output
        const high = foreignValue[k * 2 + 1] as number
        return high === ABSENT ? -1 : (foreignValue[k * 2] as number) + high * 0x1_0000_0000
      },
    }
    options.progress?.({ phase: 'matching inputs with outputs', done: 0, total: intake.transactions, unit: 'transactions' })
    const row = rowsOf(columns, new Uint8Array(files['tx.hash'].buffer), intake.told)
    writeFile(path('tx.row'), row)
    rows = row.at(-1) as number
    options.signal?.throwIfAborted()
    options.progress?.({ phase: 'sorting by account', done: 0, total: intake.outputs, unit: 'outputs' })
    active = buildPaid(folder, columns, { paid: intake.paid, accounts: start.firstAccount + intake.accounts, memory: options.memory })
  } catch (error) {
    // The folder is about to be cleared away: nobody may still be writing in it.
    await indexing.catch(() => {})
    throw error
  } finally {
    for (const file of Object.values(files)) file.close()
  }
  await indexing
  const { firstTx, firstInput, firstOutput, firstForeign, firstRow, firstAccount } = start
  const record: Omit<BitcoinSegmentRecord, 'files'> = {
    name: options.name,
    firstTx,
    transactions: intake.transactions,
    firstInput,
    inputs: intake.inputs,
    firstOutput,
    outputs: intake.outputs,
    firstForeign,
    foreign: intake.foreign,
    firstRow,
    rows,
    firstAccount,
    accounts: intake.accounts,
    active,
    blocks: intake.blocks,
    unknownValues: intake.unknownValues,
    gaps: intake.gaps,
  }
  return {
    record: { ...record, files: await sealFiles(folder, options.threads && intake.outputs * 40 >= SEAL_THREADS_FROM, options) },
    intake,
  }
}

const SECOND_PASS = [
  ...(['tx.hash', 'tx.in', 'tx.out', 'tx.flags', 'in.output', 'out.account', 'out.value', 'foreign.account', 'foreign.value'] as const),
]

async function takeBlocks(
  incoming: Pick<IncomingBlocks, 'blocks'>,
  folder: string,
  start: BitcoinContinuation,
  options: BuildOptions,
): Promise<BitcoinIntakeResult> {
  const intake = new BitcoinIntake(folder, start)
  let blocks = 0
  try {
    for await (const block of incoming.blocks()) {
      options.signal?.throwIfAborted()
      intake.add(block)
      if (++blocks % 64 === 0) options.progress?.({ phase: 'reading', done: intake.transactions, total: null, unit: 'transactions' })
    }
    return intake.finish()
  } finally {
    intake.abandon()
  }
}

/** Columns of the first pass, as the second one reads them. Outputs by their numbers in the ledger. */
export interface SecondPass {
  readonly start: BitcoinContinuation
  readonly transactions: number
  readonly txIn: Uint32Array
  readonly txOut: Uint32Array
  readonly flags: Uint8Array
  readonly inOutput: Uint32Array
  readonly outAccount: Uint32Array
  readonly outValue: Uint32Array
  readonly foreignAccount: Uint32Array
  readonly accountOf: (output: number) => number
  /** Satoshis, which a safe integer holds exactly; -1 where not known. */
  readonly satoshisOf: (output: number) => number
}
