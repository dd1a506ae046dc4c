/**
 * Whether two names are one person's for the rule of four eyes: `Kim Minji`, `KIM MIN-JI` and `ｋｉｍ  ｍｉｎｊｉ` are. Width, case, accents, blanks, punctuation and invisible marks do not count: where two persons would
 * only differ by those, one of them must be named more fully. Names that name nobody are all the same.
 */
export function samePerson(a: string, b: string): boolean {
  return folded(a) === folded(b)
}

/** True for a name without any letter or digit. */
export function namesNobody(name: string): boolean {
  return folded(name) === ''
}

function folded(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
