import { BASE } from './limbs.ts'

const HALF = 2 ** 25
const PER_HALF = 2 ** -25

/**
 * floor(v·x / b) for a pool at `pool[at]` (b at +0, x at +2; 0 < x < b) and v = `amount[0..1]` (v < b), written to `amount[2..3]`. Exact.
 *
 * The quotient q is below 2^100. Its estimate f in doubles is off by less than 6·2^-53 of q (three roundings of inputs, two of operations), so by less
 * than 2^50. With q0 = floor(f) the remainder R = v·x - q0·b is computed exactly in columns of 25-bit digits: a column is a difference of two sums of
 * at most four products below 2^50, so below 2^52. |R/b| < 2^50; R read from the top digit down is exact until it passes 2^53, so off by at most
 * 6·2^-53, and R/b by 8·2^-53 or at most 1. Its floor d leaves R - d·b from -b to 2b, and the last steps of one unit are counted out.
 */
export function proportion(pool: Float64Array, at: number, amount: Float64Array): void {
  const bLo = pool[at] as number
  const bHi = pool[at + 1] as number
  const xLo = pool[at + 2] as number
  const xHi = pool[at + 3] as number
  const vLo = amount[0] as number
  const vHi = amount[1] as number
  const b = bHi * BASE + bLo
  const f = Math.floor(((vHi * BASE + vLo) * (xHi * BASE + xLo)) / b)
  const qHi = Math.floor(f / BASE)
  const qLo = f - qHi * BASE

  const b1 = Math.floor(bLo * PER_HALF)
  const b0 = bLo - b1 * HALF
  const b3 = Math.floor(bHi * PER_HALF)
  const b2 = bHi - b3 * HALF
  const x1 = Math.floor(xLo * PER_HALF)
  const x0 = xLo - x1 * HALF
  const x3 = Math.floor(xHi * PER_HALF)
  const x2 = xHi - x3 * HALF
  const v1 = Math.floor(vLo * PER_HALF)
  const v0 = vLo - v1 * HALF
  const v3 = Math.floor(vHi * PER_HALF)
  const v2 = vHi - v3 * HALF
  const q1 = Math.floor(qLo * PER_HALF)
  const q0 = qLo - q1 * HALF
  const q3 = Math.floor(qHi * PER_HALF)
  const q2 = qHi - q3 * HALF

  let r0 = v0 * x0 - q0 * b0
  let carry = Math.floor(r0 * PER_HALF)
  r0 -= carry * HALF
  let r1 = v0 * x1 + v1 * x0 - (q0 * b1 + q1 * b0) + carry
  carry = Math.floor(r1 * PER_HALF)
  r1 -= carry * HALF
  let r2 = v0 * x2 + v1 * x1 + v2 * x0 - (q0 * b2 + q1 * b1 + q2 * b0) + carry
  carry = Math.floor(r2 * PER_HALF)
  r2 -= carry * HALF
  let r3 = v0 * x3 + v1 * x2 + v2 * x1 + v3 * x0 - (q0 * b3 + q1 * b2 + q2 * b1 + q3 * b0) + carry
  carry = Math.floor(r3 * PER_HALF)
  r3 -= carry * HALF
  let r4 = v1 * x3 + v2 * x2 + v3 * x1 - (q1 * b3 + q2 * b2 + q3 * b1) + carry
  carry = Math.floor(r4 * PER_HALF)
  r4 -= carry * HALF
  let r5 = v2 * x3 + v3 * x2 - (q2 * b3 + q3 * b2) + carry
  carry = Math.floor(r5 * PER_HALF)
  r5 -= carry * HALF
  const r6 = v3 * x3 - q3 * b3 + carry

  const remainder = (((((r6 * HALF + r5) * HALF + r4) * HALF + r3) * HALF + r2) * HALF + r1) * HALF + r0
  let d = Math.floor(remainder / b)
  const d1 = Math.floor(d * PER_HALF)
  const d0 = d - d1 * HALF

  r0 -= d0 * b0
  carry = Math.floor(r0 * PER_HALF)
  r0 -= carry * HALF
  r1 += carry - (d0 * b1 + d1 * b0)
  carry = Math.floor(r1 * PER_HALF)
  r1 -= carry * HALF
  // What is left is below 2^102, so its part above 2^50 is exact from the top down.
  r2 += carry - (d0 * b2 + d1 * b1)
  r3 -= d0 * b3 + d1 * b2
  r4 -= d1 * b3
  let rHi = (((r6 * HALF + r5) * HALF + r4) * HALF + r3) * HALF + r2
  let rLo = r1 * HALF + r0
  while (rHi < 0) {
    d -= 1
    rLo += bLo
    rHi += bHi
    if (rLo >= BASE) {
      rLo -= BASE
      rHi += 1
    }
  }
  while (rHi > bHi || (rHi === bHi && rLo >= bLo)) {
    d += 1
    rLo -= bLo
    rHi -= bHi
    if (rLo < 0) {
      rLo += BASE
      rHi -= 1
    }
  }
  const sum = qLo + d
  const over = Math.floor(sum / BASE)
  amount[2] = sum - over * BASE
  amount[3] = qHi + over
}
