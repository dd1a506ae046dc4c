import { CordonError } from '../chain/index.ts'

/** An exact non-negative fraction. */
export interface Fraction {
  readonly num: bigint
  readonly den: bigint
}

/** Parse `a/b` or a decimal such as `0.001`. Throws `trace/bad-fraction` outside 0..1. */
export function parseFraction(text: string): Fraction {
  const bad = (): CordonError =>
    new CordonError('trace/bad-fraction', `"${text}" is not a fraction between 0 and 1`, {
      remedy: 'Write it as a/b or as a decimal, e.g. 1/1000 or 0.001.',
    })
  const ratio = /^(\d{1,30})\/(\d{1,30})$/.exec(text)
  const decimal = /^(\d)(?:\.(\d{1,30}))?$/.exec(text)
  let fraction: Fraction
  if (ratio !== null) fraction = { num: BigInt(ratio[1] as string), den: BigInt(ratio[2] as string) }
  else if (decimal !== null)
    fraction = { num: BigInt((decimal[1] as string) + (decimal[2] ?? '')), den: 10n ** BigInt((decimal[2] ?? '').length) }
  else throw bad()
  if (fraction.den === 0n || fraction.num > fraction.den) throw bad()
  return fraction
}
