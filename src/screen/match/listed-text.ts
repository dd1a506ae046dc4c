import type { ListedName } from '../lists/entry.ts'
import { LONGEST_NAME } from '../names/clean.ts'
import { toldParts } from './name-index.ts'

/** Stands between the parts of a name in the index. */
export const PART_SEPARATOR = '\u0001'

/** A listed name as it is compared. */
export interface ListedText {
  readonly full: string
  /** Family and given name, where the list has both. */
  readonly told: { readonly family: string; readonly given: string } | null
  /** Whether the list writes more than is compared. */
  readonly cut: boolean
}

/**
 * A listed name in the length that the comparison takes: one cell of a list with a page of text in it must not keep the whole list from being screened against. The entry itself keeps the name
 * as the list writes it.
 */
export function listedText(name: Pick<ListedName, 'full' | 'family' | 'given'>): ListedText {
  const full = shortened(name.full)
  const parts = toldParts(name)
  const told = parts === null ? null : { family: shortened(parts.family), given: shortened(parts.given) }
  return { full, told, cut: full.length < name.full.trim().replaceAll(PART_SEPARATOR, '').length }
}

function shortened(text: string): string {
  let short = text.trim().replaceAll(PART_SEPARATOR, '').slice(0, LONGEST_NAME)
  // NFKC can make one character eighteen.
  while (short.toWellFormed().normalize('NFKC').length > LONGEST_NAME) short = short.slice(0, short.length >> 1)
  return short
}
