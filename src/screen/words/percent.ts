import type { Share } from '../exposure/index.ts'

/**
 * A share for people: `30.00 %`, rounded to a hundredth of a percent. What is not nothing is never shown as 0 %, and what is not all never as 100 %; the fraction itself stands in the document.
 */
export function percent({ numerator, denominator }: Share): string {
  const [part, whole] = [BigInt(numerator), BigInt(denominator)]
  if (part === 0n || whole === 0n) return '0 %'
  if (part === whole) return '100 %'
  const hundredths = (part * 20_000n + whole) / (2n * whole)
  if (hundredths === 0n) return '< 0.01 %'
  if (hundredths >= 10_000n && part < whole) return '> 99.99 %'
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')} %`
}
