import { join } from 'node:path'
import { ABSENT } from '../../ledger.ts'
import { FileWriter, writeFile } from '../../local/files.ts'
import { lowerBound } from '../../local/words.ts'
import { foreignNumber } from '../columns.ts'
import type { SecondPass } from './build.ts'

/**
 * Writes the outputs of each account of a segment (`paid.*`, and `active` where the segment is not the first) by counting sort. Where all of them at once would pass `memory`, in bands of accounts.
 *
 * @returns how many accounts occur
 */
export function buildPaid(
  folder: string,
  columns: SecondPass,
  options: { readonly paid: Uint32Array | null; readonly accounts: number; readonly memory: number },
): number {
  const { start, inOutput, outAccount, foreignAccount, accountOf } = columns
  const path = (name: string): string => join(folder, name)
  const active = options.paid === null ? null : withSpenders(options.paid, columns)
  if (active !== null) writeFile(path('active'), active)
  const groups = active?.length ?? options.accounts
  const groupOf = active === null ? (account: number): number => account : (account: number): number => lowerBound(active, account)

  const spent = new Uint32Array(groups)
  for (const output of inOutput) {
    const account = accountOf(output)
    if (account !== ABSENT) {
      const group = groupOf(account)
      spent[group] = (spent[group] as number) + 1
    }
  }
  writeFile(path('paid.spent'), spent)

  const first = new Uint32Array(groups + 1)
  for (const column of [foreignAccount, outAccount]) {
    for (const account of column) {
      if (account === ABSENT) continue
      const at = groupOf(account) + 1
      first[at] = (first[at] as number) + 1
    }
  }
  for (let g = 0; g < groups; g++) first[g + 1] = (first[g + 1] as number) + (first[g] as number)
  writeFile(path('paid.start'), first)

  const writer = new FileWriter(path('paid.output'))
  try {
    const most = Math.max(1 << 16, Math.floor(options.memory / 8))
    for (let from = 0; from < groups; ) {
      let end = from + 1
      while (end < groups && (first[end + 1] as number) - (first[from] as number) <= most) end++
      const base = first[from] as number
      const band = new Uint32Array((first[end] as number) - base)
      const next = first.slice(from, end)
      const scatter = (column: Uint32Array, number: (k: number) => number): void => {
        for (let k = 0; k < column.length; k++) {
          const account = column[k] as number
          if (account === ABSENT) continue
          const group = groupOf(account)
          if (group < from || group >= end) continue
          const at = next[group - from] as number
          next[group - from] = at + 1
          band[at - base] = number(k)
        }
      }
      scatter(foreignAccount, (k) => foreignNumber(start.firstForeign + k))
      scatter(outAccount, (k) => start.firstOutput + k)
      writer.write(band)
      from = end
    }
    writer.close()
  } finally {
    writer.abandon()
  }
  return groups
}

/** Accounts that are paid or spend here, rising. */
function withSpenders(paid: Uint32Array, { inOutput, accountOf }: SecondPass): Uint32Array {
  const all = new Uint32Array(paid.length + inOutput.length)
  all.set(paid)
  let length = paid.length
  for (const output of inOutput) {
    const account = accountOf(output)
    if (account !== ABSENT) all[length++] = account
  }
  const sorted = all.subarray(0, length).sort()
  let kept = 0
  for (let k = 0; k < length; k++) if (k === 0 || sorted[k] !== sorted[kept - 1]) sorted[kept++] = sorted[k] as number
  return sorted.slice(0, kept)
}
