export interface CallSign {
  /** Upper-case letters and digits without separators. */
  readonly sign: string
  /** Whether its series is given to the DPRK: HMA-HMZ and P5A-P9Z (ITU Radio Regulations, Appendix 42). */
  readonly dprk: boolean
}

/**
 * Reads a call sign as papers and lists write it (`HMYM`, `P5-AB 3`, `D6 A.2`). Null where what is left is not three to ten letters and digits, or is a word that says that there is none.
 */
export function parseCallSign(text: string): CallSign | null {
  if (text.length > 64) return null
  const sign = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-./'"]+/gu, '')
  if (!/^[A-Z0-9]{3,10}$/.test(sign) || sign === 'NONE' || sign === 'UNKNOWN') return null
  return { sign, dprk: /^(?:HM[A-Z]|P[5-9])/.test(sign) }
}
