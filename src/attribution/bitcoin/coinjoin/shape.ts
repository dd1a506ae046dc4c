import type { ScriptType } from '../../../chain/index.ts'
import type { BitcoinOutput, BitcoinTransaction } from '../../../ledger/index.ts'

/** Equal outputs without which nothing is taken for a CoinJoin of several owners: two equal outputs happen by chance, and in payments that imitate a mix (STONEWALL). */
export const LEAST_EQUAL = 3

/** What every rule asks of a transaction first. Values are satoshis as safe integers, for comparing and counting. */
export interface Shape {
  /** Values of the inputs in their order, -1 where not known. */
  readonly inputs: readonly number[]
  /** Values of all outputs by index. */
  readonly outputs: readonly number[]
  /** How many outputs that can be spent have a value. */
  readonly counts: ReadonlyMap<number, number>
  /** Value that most outputs share, the smallest of several, and how many outputs share it. */
  readonly equal: number
  readonly equals: number
  readonly unknownInputs: number
}

function safe(value: bigint | null): number {
  return value !== null && value >= 0n && value <= 0x1f_ffff_ffff_ffffn ? Number(value) : -1
}

/** Null for a coinbase, and where the value of an output is not known: no rule can say anything then. */
export function shapeOf(tx: BitcoinTransaction): Shape | null {
  if (tx.coinbase || tx.inputs.length === 0) return null
  const inputs = tx.inputs.map(({ value }) => safe(value))
  const outputs = tx.outputs.map(({ value }) => safe(value))
  if (outputs.includes(-1)) return null
  const unspendable = new Set(tx.data.map(({ index }) => index))
  const counts = new Map<number, number>()
  let equal = -1
  let equals = 0
  for (let k = 0; k < outputs.length; k++) {
    if (unspendable.has(k) || tx.outputs[k]?.script === 'data') continue
    const value = outputs[k] as number
    const count = (counts.get(value) ?? 0) + 1
    counts.set(value, count)
    if (count > equals || (count === equals && value < equal)) {
      equal = value
      equals = count
    }
  }
  return { inputs, outputs, counts, equal, equals, unknownInputs: inputs.filter((value) => value < 0).length }
}

/** Indexes of the outputs with one of some values. */
export function indexesOf(shape: Shape, values: { has(value: number): boolean }): number[] {
  return [...shape.outputs.keys()].filter((k) => values.has(shape.outputs[k] as number))
}

/** Whether every script is of one of some types. A script that is not known speaks neither for nor against. */
export function scriptsAmong(places: readonly BitcoinOutput[], types: readonly ScriptType[]): boolean {
  return places.every(({ script }) => script === null || types.includes(script))
}

/** How many different accounts there are; one that is not known counts as different from all others. */
export function accountsOf(places: readonly BitcoinOutput[]): number {
  const known = new Set<number>()
  let unknown = 0
  for (const { account } of places) {
    if (account === null) unknown++
    else known.add(account)
  }
  return known.size + unknown
}

/** The largest number of inputs or outputs that share one known account. */
export function mostOfOneAccount(places: readonly BitcoinOutput[]): number {
  const counts = new Map<number, number>()
  let most = 0
  for (const { account } of places) {
    if (account === null) continue
    const count = (counts.get(account) ?? 0) + 1
    counts.set(account, count)
    if (count > most) most = count
  }
  return most
}

/** Whether values never rise from one to the next; those that are not known (-1) are passed over. */
export function descending(values: readonly number[]): boolean {
  let last = Number.POSITIVE_INFINITY
  for (const value of values) {
    if (value < 0) continue
    if (value > last) return false
    last = value
  }
  return true
}

/** The sentence that a finding carries where its source does not say what inputs were worth; none where all are known. */
export function unknownInputs(shape: Shape, unchecked: string): string[] {
  const { unknownInputs: unknown, inputs } = shape
  if (unknown === 0) return []
  return [`the values of ${unknown} of the ${inputs.length} inputs are not known, so that it was not checked ${unchecked}`]
}
