import { addressScript, type BitcoinNetwork, SCRIPT_TYPES, type ScriptType, scriptTypeOf } from '../../../chain/index.ts'
import type { BuilderInput, BuilderTransaction } from '../builder.ts'
import { type Amount, amount, FieldFault, hash, optionalWhole, script, seconds, whole } from './fields.ts'
import { isRecord } from './file.ts'
import type { ValueUnit } from './tables.ts'

/** A row of a transactions table, checked against itself. */
export interface ReadTransaction {
  readonly transaction: BuilderTransaction
  readonly height: number
  readonly time: number | null
  /** scriptSig of each input; null where the row does not have it. */
  readonly unlocking: readonly (Uint8Array | null)[]
  /** Whether each input spends a native witness output, by its type, so that its scriptSig is empty (BIP 141). */
  readonly native: readonly boolean[]
  /** Addresses that the row gives each output. */
  readonly addresses: readonly (readonly string[])[]
  /** Amounts that a floating-point number lies beside. */
  readonly inexact: number
}

/** Script types as Bitcoin Core names them, and so bitcoin-etl. A bare public key is left out: old nodes show it with the address of its hash, which is another script. */
const TYPES: Readonly<Record<string, ScriptType>> = {
  pubkeyhash: 'p2pkh',
  scripthash: 'p2sh',
  witness_v0_keyhash: 'p2wpkh',
  witness_v0_scripthash: 'p2wsh',
  witness_v1_taproot: 'p2tr',
  witness_unknown: 'witness',
}
const NO_SCRIPT = new Uint8Array(0)

/**
 * What a row says, checked: nested lists against their counts and sums, the fee against both.
 *
 * @param row a parsed JSON record
 * @param unit in which the row writes amounts
 * @throws FieldFault
 */
export function readTransactionRow(row: unknown, unit: ValueUnit, network: BitcoinNetwork): ReadTransaction {
  if (!isRecord(row)) throw new FieldFault('row', 'it is no record')
  const txid = hash(row.hash, 'hash')
  const inputRows = entries(row.inputs, 'inputs').filter(
    (entry) => entry.spent_transaction_hash !== null || entry.spent_output_index !== null,
  )
  const coinbase = row.is_coinbase === true || row.is_coinbase === 'true' || inputRows.every(isCoinbaseInput)
  const spending = coinbase ? [] : inputRows
  if (coinbase && !inputRows.every(isCoinbaseInput)) throw new FieldFault('is_coinbase', 'it is true, but the inputs spend outputs')
  const inputs = spending.map((entry, k) => readInput(entry, k, unit, network))
  const outputs = entries(row.outputs, 'outputs').map((entry, k) => readOutput(entry, k, unit, network))
  const size = optionalWhole(row.size, 'size', 0, 0xffff_ffff)
  const virtual = optionalWhole(row.virtual_size, 'virtual_size', 0, 0xffff_ffff)
  checkCounts(row, inputs.length, coinbase, outputs.length)
  const inexact = checkSums(row, unit, coinbase, inputs, outputs)
  return {
    transaction: {
      txid,
      version: optionalWhole(row.version, 'version', -0x8000_0000, 0xffff_ffff) ?? 1,
      lockTime: optionalWhole(row.lock_time, 'lock_time', 0, 0xffff_ffff) ?? 0,
      // Witness bytes count a quarter of others (BIP 141), so that the sizes differ exactly where there are any.
      witness: size !== null && virtual !== null && size !== virtual,
      inputs: inputs.map(({ input }) => input),
      outputs: outputs.map((output) => ({ value: output.amount.satoshis, script: output.script })),
    },
    height: whole(row.block_number, 'block_number', 0, 0xffff_ffff),
    time: seconds(row.block_timestamp ?? row.block_time, 'block_timestamp'),
    unlocking: inputs.map(({ unlocking }) => unlocking),
    native: inputs.map(({ native }) => native),
    addresses: outputs.map(({ addresses }) => addresses),
    inexact,
  }
}

type Entry = Readonly<Record<string, unknown>>

/** The entries of a nested list in order of their `index`, where they have one. */
function entries(list: unknown, field: string): readonly Entry[] {
  if (list === null || list === undefined) return []
  if (!Array.isArray(list)) throw new FieldFault(field, 'it is no list')
  const found = list.map((entry: unknown, k) => {
    if (!isRecord(entry)) throw new FieldFault(`${field}[${k}]`, 'it is no record')
    return entry
  })
  const indexes = found.map((entry, k) => optionalWhole(entry.index, `${field}[${k}].index`, 0, 0xffff_ffff))
  if (indexes.every((index, k) => index === null || index === k)) return found
  const order = found.map((_, k) => k).sort((a, b) => (indexes[a] ?? 0) - (indexes[b] ?? 0))
  // A gap among outputs would give all later ones another number than the chain does.
  const wrong = order.find((k, at) => indexes[k] !== at)
  if (wrong !== undefined)
    throw new FieldFault(`${field}[${wrong}].index`, `${indexes[wrong]} does not fit: indexes must count from 0 without a gap`)
  return order.map((k) => found[k] as Entry)
}

function isCoinbaseInput(entry: Entry): boolean {
  const spent = entry.spent_transaction_hash
  return spent === null || spent === undefined || spent === '' || spent === '0'.repeat(64)
}

function readInput(entry: Entry, k: number, unit: ValueUnit, network: BitcoinNetwork) {
  const field = `inputs[${k}]`
  const value = amount(entry.value, `${field}.value`, unit)
  const input: BuilderInput = {
    txid: hash(entry.spent_transaction_hash, `${field}.spent_transaction_hash`),
    index: whole(entry.spent_output_index, `${field}.spent_output_index`, 0, 0xffff_ffff),
    sequence: optionalWhole(entry.sequence, `${field}.sequence`, 0, 0xffff_ffff) ?? 0xffff_ffff,
    ...(value === null ? {} : { spent: { value: value.satoshis, script: spentScript(entry, network) } }),
  }
  return {
    input,
    amount: value,
    unlocking: script(entry.script_hex, `${field}.script_hex`),
    native: String(entry.type).startsWith('witness_'),
  }
}

/** The script that an input's one address stands for, if the type agrees; else empty: not known. */
function spentScript(entry: Entry, network: BitcoinNetwork): Uint8Array {
  const wanted = TYPES[String(entry.type)]
  const [address, ...more] = addressesOf(entry)
  if (wanted === undefined || address === undefined || more.length > 0) return NO_SCRIPT
  const found = addressScript(address, network)
  return found !== null && SCRIPT_TYPES[scriptTypeOf(found, 0, found.length)] === wanted ? found : NO_SCRIPT
}

function readOutput(entry: Entry, k: number, unit: ValueUnit, network: BitcoinNetwork) {
  const field = `outputs[${k}]`
  const value = amount(entry.value, `${field}.value`, unit)
  if (value === null) throw new FieldFault(`${field}.value`, 'it is missing')
  const addresses = addressesOf(entry)
  const own = script(entry.script_hex, `${field}.script_hex`)
  if (own === null && spentScript(entry, network).length === 0) {
    throw new FieldFault(`${field}.script_hex`, 'it is missing, and no address with a matching type says what it was')
  }
  return { amount: value, script: own ?? spentScript(entry, network), addresses }
}

function addressesOf(entry: Entry): readonly string[] {
  const list = Array.isArray(entry.addresses) ? entry.addresses : [entry.address]
  return list.filter((address): address is string => typeof address === 'string' && address !== '')
}

function checkCounts(row: Entry, inputs: number, coinbase: boolean, outputs: number): void {
  const said = optionalWhole(row.input_count, 'input_count', 0, 0xffff_ffff)
  // Some exporters count the coinbase's own input, which spends nothing.
  if (said !== null && said !== inputs && !(coinbase && said === 1))
    throw new FieldFault('input_count', `it is ${said}, but there are ${inputs} inputs`)
  const saidOut = optionalWhole(row.output_count, 'output_count', 0, 0xffff_ffff)
  if (saidOut !== null && saidOut !== outputs) throw new FieldFault('output_count', `it is ${saidOut}, but there are ${outputs} outputs`)
}

/** @returns amounts that are not exact, the sums not counted */
function checkSums(
  row: Entry,
  unit: ValueUnit,
  coinbase: boolean,
  inputs: readonly { readonly amount: Amount | null }[],
  outputs: readonly { readonly amount: Amount }[],
): number {
  const known = inputs.every((input) => input.amount !== null)
  const paid = inputs.reduce((sum, input) => sum + (input.amount?.satoshis ?? 0n), 0n)
  const created = outputs.reduce((sum, output) => sum + output.amount.satoshis, 0n)
  if (!coinbase && known && paid < created)
    throw new FieldFault('outputs', `they hold ${created} satoshis, more than the ${paid} of the inputs`)
  // Sums that were made of doubles may be off by a satoshi for each term.
  const slack = unit === 'coins' ? BigInt(inputs.length + outputs.length) : 0n
  const agree = (field: string, sum: bigint) => {
    const said = amount(row[field], field, unit)
    const off = said === null ? 0n : said.satoshis - sum
    if (off > slack || -off > slack) throw new FieldFault(field, `it is ${said?.satoshis} satoshis, but the entries sum up to ${sum}`)
  }
  agree('output_value', created)
  if (!coinbase && known) {
    agree('input_value', paid)
    agree('fee', paid - created)
  }
  return [...inputs, ...outputs].filter((entry) => entry.amount?.exact === false).length
}
