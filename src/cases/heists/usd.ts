const DOLLARS = /^(0|[1-9]\d{0,14})(?:\.(\d{2}))?$/

/** Dollars as a text (`620000000`, `234337668.88`) in cents; null where the text is no such amount. Separators, signs and rounding words are refused, so that nothing is guessed. */
export function parseUsd(text: string): bigint | null {
  const [, whole, fraction] = DOLLARS.exec(text) ?? []
  if (whole === undefined) return null
  const cents = BigInt(whole + (fraction ?? '00'))
  return cents === 0n ? null : cents
}

/** Cents as dollars with separators, in full: `$234,337,668.88`; cents are left off where they are zero. */
export function formatUsd(cents: bigint): string {
  const whole = (cents / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  const rest = cents % 100n
  return rest === 0n ? `$${whole}` : `$${whole}.${rest.toString().padStart(2, '0')}`
}
