import type { AccountId, BitcoinTransaction, Tx } from '../../../ledger/index.ts'
import type { Entity } from '../../tag.ts'
import { differences, fingerprintOf, type Trait, traitInWords } from '../fingerprint.ts'
import { spendableOutputs, type TransactionShape } from '../shape.ts'
import type { PeelConfidence, PeelStop } from './chain.ts'

/** What the choice at one hop is made from. All that needs a ledger has been read before. */
export interface HopFacts {
  readonly tx: BitcoinTransaction
  /** The transaction that spends an output, by its index. */
  spenderOf(index: number): BitcoinTransaction | null
  entityOf(account: AccountId): Entity | null
  /** Whether two accounts are in one cluster of common inputs. */
  sameOwner(a: AccountId, b: AccountId): boolean
  collaborative(tx: BitcoinTransaction): boolean
  /** Whether an account was paid before a transaction. Asked only to choose between outputs that fit alike. */
  paidBefore(account: AccountId, tx: Tx): Promise<boolean>
  readonly maxOutputs: number
}

/** The change of one hop, or why there is none. */
export type Choice =
  | { readonly index: number; readonly evidence: readonly string[]; readonly confidence: PeelConfidence }
  | { readonly index: null; readonly code: PeelStop; readonly reason: string; readonly evidence: readonly string[] }

/** Traits that change and its spender share while the wallet stays the same. */
const TRAITS: readonly Trait[] = ['version', 'lockTime', 'witness', 'sequence', 'inputScripts']

/**
 * The output by which a peel chain goes on, after Kappos, Yousaf, Stütz, Rollet, Haslhofer, Meiklejohn, "How to Peel a Million" (USENIX Security 2022): the one whose
 * spender shares the features of this transaction, where the spenders of the others do not. Before that goes what needs no comparison: an output back to an address
 * of the inputs, or to their cluster. After it, between several that fit, what tells them apart: one alone is to a new address; one alone is spent in the same shape and the
 * same order of outputs. What still leaves two, or none, ends the chain.
 */
export async function chooseChange(facts: HopFacts): Promise<Choice> {
  const { tx } = facts
  const unfit = notAPeel(facts)
  if (unfit !== null) return unfit

  const evidence: string[] = []
  const inputs = new Set(tx.inputs.flatMap(({ account }) => (account === null ? [] : [account])))
  const candidates = spendableOutputs(tx).filter((index) => !paysService(facts, index, inputs, evidence))
  if (candidates.length === 0) return stop('service', 'every output pays a service that is not the owner of the chain', evidence)

  const back = candidates.filter((index) => inputs.has(accountOf(tx, index) as AccountId))
  if (back.length === 1)
    return found(back[0] as number, 'certain', [...evidence, `output ${back[0]} pays back to an address of the inputs`])
  if (back.length > 1) return stop('several-fit', `outputs ${back.join(', ')} all pay back to addresses of the inputs`, evidence)

  const owner = [...inputs][0]
  const isOwn = (account: AccountId | null): boolean => owner !== undefined && account !== null && facts.sameOwner(owner, account)
  const own = candidates.filter((index) => isOwn(accountOf(tx, index)))
  if (own.length === 1) return found(own[0] as number, 'strong', [...evidence, `output ${own[0]} is in the cluster of the inputs`])

  return bySpenders(facts, own.length > 1 ? own : candidates, evidence)
}

/** Transactions in which no change is to be looked for. */
function notAPeel({ tx, maxOutputs, collaborative, sameOwner }: HopFacts): Choice | null {
  if (tx.coinbase) return stop('coinbase', 'the transaction is a coinbase: it has no owner before it')
  if (collaborative(tx))
    return stop('collaborative', 'several parties made the transaction together: its outputs are not those of one owner')
  const accounts = [...new Set(tx.inputs.map(({ account }) => account))]
  const first = accounts[0] ?? null
  if (accounts.length > 1 && !accounts.every((account) => account !== null && first !== null && sameOwner(first, account))) {
    return stop('several-owners', `the transaction spends from ${accounts.length} addresses that are not known to be of one owner`)
  }
  const spendable = spendableOutputs(tx)
  if (spendable.length < 2) return stop('nothing-peeled', 'the whole value goes to one output, which may be the owner or anybody')
  if (spendable.length > maxOutputs)
    return stop('too-many-outputs', `the transaction has ${spendable.length} outputs, more than ${maxOutputs}`)
  return null
}

function paysService({ tx, entityOf }: HopFacts, index: number, inputs: ReadonlySet<AccountId>, evidence: string[]): boolean {
  const paid = accountOf(tx, index)
  const entity = paid === null ? null : entityOf(paid)
  if (entity === null || !entity.service) return false
  for (const account of inputs) if (entityOf(account)?.id === entity.id) return false
  evidence.push(`output ${index} pays ${entity.label}, a service: it is no change`)
  return true
}

async function bySpenders(facts: HopFacts, candidates: readonly number[], evidence: string[]): Promise<Choice> {
  const { tx, spenderOf } = facts
  const own = fingerprintOf(tx)
  const fit: number[] = []
  const unspent: number[] = []
  const mixed: number[] = []
  for (const index of candidates) {
    const spender = spenderOf(index)
    if (spender === null) {
      unspent.push(index)
      evidence.push(`output ${index} is not spent: nothing to compare`)
      continue
    }
    if (facts.collaborative(spender)) {
      mixed.push(index)
      evidence.push(`output ${index} is spent by several parties together: nothing to compare`)
      continue
    }
    const theirs = fingerprintOf(spender)
    const differing = differences(own, theirs, TRAITS)
    if (differing.length === 0) {
      fit.push(index)
      evidence.push(`output ${index} is spent as this transaction spends: ${TRAITS.map((trait) => traitInWords(own, trait)).join(', ')}`)
    } else {
      const words = differing.map((trait) => `${traitInWords(theirs, trait)} instead of ${traitInWords(own, trait)}`)
      evidence.push(`output ${index} is spent otherwise: ${words.join(', ')}`)
    }
  }
  const open = [...unspent, ...mixed]
  if (fit.length === 1) return found(fit[0] as number, open.length === 0 ? 'strong' : 'weak', evidence)
  if (fit.length > 1) return apart(facts, fit, evidence)
  if (open.length === 1 && candidates.length === 1) {
    return found(open[0] as number, 'weak', [...evidence, `output ${open[0]} alone can be the change`])
  }
  if (unspent.length > 0) return stop('unspent', `output ${unspent.join(', ')} is not spent, and no other is spent alike`, evidence)
  if (mixed.length > 0)
    return stop('mixed', `output ${mixed.join(', ')} is spent by several parties together, and no other is spent alike`, evidence)
  return stop('none-fits', 'no output is spent in the manner of this transaction', evidence)
}

/** What tells outputs apart whose spenders are alike. */
async function apart(facts: HopFacts, fit: readonly number[], evidence: string[]): Promise<Choice> {
  const { tx, spenderOf, paidBefore } = facts
  const fresh: number[] = []
  for (const index of fit) {
    const account = accountOf(tx, index)
    if (account === null || !(await paidBefore(account, tx.tx))) fresh.push(index)
  }
  if (fresh.length === 1) {
    return found(fresh[0] as number, 'weak', [
      ...evidence,
      `of these, output ${fresh[0]} alone is to an address that was never paid before`,
    ])
  }
  const left = fresh.length === 0 ? fit : fresh
  const shaped = left.filter((index) => sameShape(tx, spenderOf(index)))
  if (shaped.length === 1) {
    const shape = `${tx.inputs.length} in, ${tx.outputs.length} out, outputs ${orderOf(tx)}`
    return found(shaped[0] as number, 'weak', [...evidence, `of these, output ${shaped[0]} alone is spent in the same shape: ${shape}`])
  }
  return stop('several-fit', `outputs ${left.join(', ')} are all spent in the manner of this transaction`, evidence)
}

/** Numbers of inputs and outputs and the order of outputs by value (BIP 69 sorts them) are habits too, though coarse ones. */
function sameShape(tx: TransactionShape, spender: TransactionShape | null): boolean {
  return (
    spender !== null &&
    spender.inputs.length === tx.inputs.length &&
    spender.outputs.length === tx.outputs.length &&
    orderOf(spender) === orderOf(tx)
  )
}

function orderOf({ outputs }: TransactionShape): 'rising' | 'falling' | 'in no order' {
  let rising = true
  let falling = true
  for (let i = 1; i < outputs.length; i++) {
    const before = outputs[i - 1]?.value ?? 0n
    const value = outputs[i]?.value ?? 0n
    rising &&= before <= value
    falling &&= before >= value
  }
  return rising ? 'rising' : falling ? 'falling' : 'in no order'
}

function accountOf(tx: TransactionShape, index: number): AccountId | null {
  return tx.outputs[index]?.account ?? null
}

function found(index: number, confidence: PeelConfidence, evidence: readonly string[]): Choice {
  return { index, confidence, evidence }
}

function stop(code: PeelStop, reason: string, evidence: readonly string[] = []): Choice {
  return { index: null, code, reason, evidence }
}
