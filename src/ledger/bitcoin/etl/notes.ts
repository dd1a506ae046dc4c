import type { Tally } from './assemble.ts'
import type { Plan } from './plan.ts'

/** Gaps that are listed one by one. */
const LISTED = 5

/** What a reader of the ledger should know of an export, as sentences; counts come from the whole reading. */
export function notesOf(tally: Tally, plan: Plan, partial: boolean, lossy: boolean): string[] {
  const { blocks, transactions } = tally
  const notes: (string | false)[] = [
    `${tally.idsComputed} of ${transactions} transaction ids were computed from their rows and agree; coinbases (their input is not exported) and ${tally.idsUnknown} rows without all scripts could not be checked so.`,
    tally.idsLossy > 0 &&
      `${tally.idsLossy} transaction ids do not follow from their rows, whose amounts are floating point: these amounts may be off.`,
    tally.rootsChecked > 0 && `The transactions of ${tally.rootsChecked} of ${blocks} blocks give the Merkle root of their block.`,
    tally.rootsChecked === 0 && 'No Merkle root could be checked: that needs the table of blocks, and every transaction of a block.',
    tally.unplaced > 0 &&
      `${tally.unplaced} transactions have no index: the order inside their blocks is that of the files${tally.rootsUnordered === 0 && tally.rootsChecked === blocks ? ', and their Merkle roots confirm it' : ''}.`,
    tally.rootsUnordered > 0 && `In ${tally.rootsUnordered} blocks that order is not the block's, by their Merkle root.`,
    tally.incomplete > 0 &&
      `${tally.incomplete} of ${blocks} blocks lack transactions${partial ? ': a partial export' : ''}. What is missing is not known to the ledger.`,
    tally.repeated > 0 && `${tally.repeated} rows repeat others exactly and were taken once.`,
    tally.stale > 0 &&
      `${tally.stale} blocks are on stale branches and were left out: another block at their height is the parent of the next.`,
    plan.without > 0 && `${plan.without} blocks of the table of blocks have no transactions in the files.`,
    tally.spentUnknown > 0 &&
      `${tally.spentUnknown} inputs do not say what they spent: where it was created before these files its value is not known.`,
    tally.unlinked > 0 && `${tally.unlinked} blocks do not say which block they follow; neighbouring heights are taken as neighbours.`,
    tally.gaps.length > 0 && gapsNote(tally.gaps),
    lossy &&
      `Amounts are floating point in coins. Amounts of whole satoshis survive that; ${tally.inexact} of them were not the double of any such amount and were rounded to the nearest satoshi.`,
  ]
  return notes.filter((note) => note !== false)
}

function gapsNote(gaps: readonly (readonly [from: number, to: number])[]): string {
  const shown = gaps.slice(0, LISTED).map(([from, to]) => (from === to ? String(from) : `${from}-${to}`))
  const more = gaps.length > LISTED ? `, and ${gaps.length - LISTED} more` : ''
  return `Heights between the first and the last block are missing: ${shown.join(', ')}${more}.`
}
