import fc from 'fast-check'
import { ETHEREUM, erc20Asset, nativeAsset } from '../../src/chain/index.ts'
import type { MemoryRow } from '../../src/ledger/index.ts'

/** Address number n; nothing about its digits is alike from one to the next. */
export function address(n: number): string {
  return `0x${digits(n, 40)}`
}

export function transactionHash(n: number): string {
  return `0x${digits(n + 0.5, 64)}`
}

function digits(seed: number, length: number): string {
  let state = Math.imul(Math.floor(seed * 2) + 1, 0x9e3779b1)
  let text = ''
  while (text.length < length) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x1234567
    text += ((state ^ (state >>> 13)) >>> 0).toString(16).padStart(8, '0')
  }
  return text.slice(0, length)
}

export const ETHER = nativeAsset(ETHEREUM)
export const TOKEN = erc20Asset(ETHEREUM, address(1_000_001))

/**
 * A ledger that has one of everything: several transfers in a transaction, equal transfers, a self-transfer, a hub, values of each width,
 * blocks without transfers, and sources without index or time.
 */
export function sampleRows(): MemoryRow[] {
  const rows: MemoryRow[] = []
  let transaction = 0
  const add = (block: number, time: number | null, transfers: readonly (readonly [number, number, string, bigint, number?])[]): void => {
    const hash = transactionHash(transaction++)
    for (const [from, to, asset, value, index] of transfers) {
      rows.push({ block, time, hash, from: address(from), to: address(to), asset, value, ...(index === undefined ? {} : { index }) })
    }
  }
  add(10, 1000, [[1, 2, ETHER, 5n]])
  add(10, 1000, [
    [2, 3, ETHER, 2n ** 63n - 1n, 0],
    [3, 4, TOKEN, 2n ** 63n, 1],
    [3, 4, TOKEN, 2n ** 63n, 2],
    [3, 3, ETHER, 7n, 3],
  ])
  add(11, 1012, [[4, 1, TOKEN, 2n ** 64n]])
  add(15, 1060, [[1, 1, ETHER, 0n, 40_000]])
  for (let i = 0; i < 40; i++) add(16 + i, 1072 + 12 * i, [[5, 6 + (i % 7), i % 3 === 0 ? TOKEN : ETHER, 10n ** BigInt(i), i]])
  add(60, null, [
    [6, 5, TOKEN, 2n ** 128n - 1n],
    [7, 5, TOKEN, 2n ** 128n],
  ])
  add(61, null, [[8, 2, ETHER, 2n ** 256n - 1n]])
  add(70, 1800, [[2, 8, ETHER, 12_345_678_901_234_567_890n]])
  return rows
}

const valueArbitrary = fc.oneof(
  fc.bigInt(0n, 1000n),
  fc.bigInt(0n, 2n ** 64n),
  fc.bigInt(0n, 2n ** 256n - 1n),
  fc.constantFrom(
    0n,
    2n ** 31n,
    2n ** 32n,
    2n ** 53n,
    2n ** 63n - 1n,
    2n ** 63n,
    2n ** 64n - 1n,
    2n ** 64n,
    2n ** 128n - 1n,
    2n ** 128n,
    2n ** 256n - 1n,
  ),
)

/** Random ledgers: few accounts, so that they meet often; transactions of up to four transfers. */
export const rowsArbitrary: fc.Arbitrary<MemoryRow[]> = fc
  .array(
    fc.record({
      newBlock: fc.nat(2),
      untimed: fc.boolean(),
      transfers: fc.array(
        fc.record({ from: fc.nat(9), to: fc.nat(9), token: fc.nat(2), value: valueArbitrary, index: fc.option(fc.nat(70_000)) }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
    { maxLength: 40 },
  )
  .map((transactions) => {
    let block = 100
    let time = 5000
    let timed = true
    return transactions.flatMap(({ newBlock, untimed, transfers }, t) => {
      block += newBlock
      time += newBlock * 12
      if (newBlock > 0) timed = !untimed
      return transfers.map(({ from, to, token, value, index }) => ({
        block,
        time: timed ? time : null,
        hash: transactionHash(t),
        from: address(from),
        to: address(to),
        asset: token === 0 ? ETHER : erc20Asset(ETHEREUM, address(2_000_000 + token)),
        value,
        ...(index === null ? {} : { index }),
      }))
    })
  })
