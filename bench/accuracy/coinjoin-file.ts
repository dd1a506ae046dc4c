import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SCRIPT_TYPES, scriptTypeOf } from '../../src/chain/index.ts'
import type { BitcoinOutput, BitcoinTransaction } from '../../src/ledger/index.ts'

export const COINJOINS = fileURLToPath(new URL('../../../shared/data/coinjoin/', import.meta.url))

/** Files of coinjoin-analysis' example data: real mixes by family, and transactions that spent from mixes. */
export const COINJOIN_FILES = [
  'whirlpool',
  'whirlpool_tx0',
  'wasabi1',
  'wasabi2',
  'negatives_wasabi1_postmix',
  'negatives_whirlpool_postmix',
] as const

export type CoinJoinFile = (typeof COINJOIN_FILES)[number]

export interface CoinJoinLine {
  readonly file: CoinJoinFile
  readonly txid: string
  readonly tx: BitcoinTransaction
}

/** Gives names numbers in the order in which they are first met. */
function numbering(): (name: string) => number {
  const numbers = new Map<string, number>()
  return (name) => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, numbers.size)
    return numbers.size - 1
  }
}

/**
 * Read the files that are there, or null where the folder is missing. A line is
 * `txid:::block hash:::position:::unix time:::inputs:::outputs`, inputs `txid-index-satoshis+script+type}{…`, outputs `satoshis+script+type}{…`, scripts in hex.
 *
 * Accounts and transactions are numbered through all files, by script and by txid. The lines have neither height, version, lock time, sequence nor witness: those are 0, `mixed` and
 * false here, and mean nothing.
 *
 * @throws Error where a line is not of this form
 */
export function readCoinJoins(folder: string = COINJOINS): CoinJoinLine[] | null {
  if (!existsSync(folder)) return null
  const account = numbering()
  const transaction = numbering()
  return COINJOIN_FILES.flatMap((file) =>
    readFileSync(join(folder, `${file}.txt`), 'utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map((line, k) => readLine(line, `${file}.txt:${k + 1}`, file, account, transaction)),
  )
}

function readLine(
  line: string,
  place: string,
  file: CoinJoinFile,
  account: (script: string) => number,
  transaction: (txid: string) => number,
): CoinJoinLine {
  const fields = line.split(':::')
  const [txid = '', , , time = '', inputs = '', outputs = ''] = fields
  if (fields.length !== 6 || !/^[0-9a-f]{64}$/.test(txid) || !/^\d+$/.test(time)) throw new Error(`${place}: not a line of six fields`)
  const data: { index: number; script: Uint8Array }[] = []
  const output = (value: string, hex: string, parent: number | null, index: number): BitcoinOutput => {
    if (!/^\d+$/.test(value)) throw new Error(`${place}: ${value} is no number of satoshis`)
    const bytes = Buffer.from(hex, 'hex')
    const script = SCRIPT_TYPES[scriptTypeOf(bytes, 0, bytes.length)] ?? null
    return { output: 0, tx: parent, index, value: BigInt(value), account: script === 'data' ? null : account(hex), script, spentBy: null }
  }
  const own = transaction(txid)
  const ins = inputs.split('}{').map((text) => {
    const [, parent = '', index = '', value = '', hex = ''] = /^([0-9a-f]{64})-(\d+)-(\d+)\+([0-9a-f]*)\+/.exec(text) ?? []
    return output(value, hex, transaction(parent), Number(index))
  })
  const outs = outputs.split('}{').map((text, index) => {
    const [, value = '', hex = ''] = /^(\d+)\+([0-9a-f]*)\+/.exec(text) ?? []
    const made = output(value, hex, own, index)
    if (made.script === 'data') data.push({ index, script: Buffer.from(hex, 'hex') })
    return made
  })
  const sum = (all: readonly BitcoinOutput[]): bigint => all.reduce((total, { value }) => total + (value ?? 0n), 0n)
  const tx: BitcoinTransaction = {
    tx: own,
    block: 0,
    time: Number(time),
    version: 0,
    lockTime: 0,
    witness: false,
    sequence: 'mixed',
    coinbase: false,
    inputs: ins,
    outputs: outs,
    data,
    fee: sum(ins) - sum(outs),
  }
  return { file, txid, tx }
}
