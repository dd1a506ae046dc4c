import { CordonError } from '../chain/index.ts'

/** An exact share between 0 and 1. */
export interface Share {
  readonly num: bigint
  readonly den: bigint
}

/** A share written `a/b`. @throws CordonError `attribution/bad-parameter` */
export function readShare(field: string, text: string): Share {
  const match = /^(\d{1,30})\/(\d{1,30})$/.exec(text)
  const num = BigInt(match?.[1] ?? '1')
  const den = BigInt(match?.[2] ?? '0')
  if (match === null || den === 0n || num > den) {
    throw new CordonError('attribution/bad-parameter', `${field} is "${text}"`, {
      place: { field },
      remedy: 'Write a share between 0 and 1 as a fraction, for example 9/10.',
    })
  }
  return { num, den }
}

/** Whether part/whole >= share; true of nothing out of nothing. */
export function reaches(part: bigint, whole: bigint, share: Share): boolean {
  return part * share.den >= whole * share.num
}

/** Per cent, rounded down, so that 99.99 is never called 100. */
export function percent(part: bigint, whole: bigint): string {
  return whole === 0n ? '0 %' : `${(part * 100n) / whole} %`
}
