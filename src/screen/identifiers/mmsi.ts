/** What a Maritime Mobile Service Identity is given to (ITU-R M.585-9, Annex 1). */
export type MmsiKind =
  | 'ship'
  | 'group'
  | 'coast-station'
  | 'aircraft'
  | 'handheld'
  | 'craft-of-a-ship'
  | 'aid-to-navigation'
  | 'beacon'
  | 'unassigned'

export interface Mmsi {
  /** Nine digits. */
  readonly number: string
  readonly kind: MmsiKind
  /** Maritime identification digits: the country or territory that gave it; null where the form has none. */
  readonly mid: string | null
  /** 445 is the DPRK's (ITU table of maritime identification digits). Ships lie about it: its absence says nothing. */
  readonly dprk: boolean
}

const DPRK_MID = '445'

const FORMS: readonly (readonly [RegExp, MmsiKind])[] = [
  [/^([2-7]\d\d)\d{6}$/, 'ship'],
  [/^00([2-7]\d\d)\d{4}$/, 'coast-station'],
  [/^0([2-7]\d\d)\d{5}$/, 'group'],
  [/^111([2-7]\d\d)\d{3}$/, 'aircraft'],
  [/^8([2-7]\d\d)\d{5}$/, 'handheld'],
  [/^98([2-7]\d\d)\d{4}$/, 'craft-of-a-ship'],
  [/^99([2-7]\d\d)\d{4}$/, 'aid-to-navigation'],
  // 970 search-and-rescue transmitters, 972 man overboard, 974 emergency position beacons: maker's numbers without a country.
  [/^97[024]\d{6}$/, 'beacon'],
]

/** Reads an MMSI with or without the word before it; null where the text is no nine digits. */
export function parseMmsi(text: string): Mmsi | null {
  if (text.length > 64) return null
  const plain = text.normalize('NFKC').toUpperCase().replace(/\s+/gu, '')
  const number = /^(?:MMSI)?(?:NUMBER|NO\.?|#)?:?(\d{9})$/.exec(plain)?.[1]
  if (number === undefined) return null
  for (const [form, kind] of FORMS) {
    const match = form.exec(number)
    if (match !== null) return { number, kind, mid: match[1] ?? null, dprk: match[1] === DPRK_MID }
  }
  return { number, kind: 'unassigned', mid: null, dprk: false }
}
