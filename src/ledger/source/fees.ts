import type { IncomingFees } from '../batch.ts'
import { chunksOf, words } from './duck.ts'
import type { Reader } from './lane.ts'

const SIGN = 0x8000_0000
const LARGEST = '18446744073709551615'

/** Fees of staged transactions: gas used times the price paid, from the receipt where there is one. Failed transactions pay too. */
export async function* feesOf(reader: Reader): AsyncGenerator<IncomingFees> {
  const one = `SELECT h1, h2, min(block) AS block, max(txi) AS txi, max(f) AS f, max(tail) AS tail, max(gas) AS gas,
    coalesce(max(price) FILTER (WHERE receipt), max(price)) AS price, min(file) AS file, min(line) AS line FROM txs WHERE h1 IS NOT NULL AND h2 IS NOT NULL GROUP BY h1, h2`
  const priced = `SELECT *, TRY(gas * price) AS fee FROM (${one}) WHERE gas IS NOT NULL AND price IS NOT NULL AND f IS NOT NULL`
  await refuseLarge(reader, priced)
  await notePayers(reader, one)
  const result = await reader.duck.stream(
    `SELECT h1, h2, f, tail, CAST(fee AS UBIGINT) AS fee FROM (${priced}) WHERE fee BETWEEN 0 AND ${LARGEST} ORDER BY block, txi, h1, h2`,
  )
  for await (const chunk of chunksOf(result)) {
    reader.signal?.throwIfAborted()
    const n = chunk.rowCount
    const [h1, h2, f] = [0, 1, 2].map((i) => words(chunk.getColumnVector(i))) as [Uint32Array, Uint32Array, Uint32Array]
    yield {
      length: n,
      hash: [upper(h1, n), lower(h1, n), upper(h2, n), lower(h2, n)],
      payer: [upper(f, n), lower(f, n), words(chunk.getColumnVector(3)).slice(0, n)],
      amount: words(chunk.getColumnVector(4)).slice(0, 2 * n),
    }
  }
}

async function notePayers(reader: Reader, one: string): Promise<void> {
  const [row] = await reader.duck.rows(`SELECT count(*) FROM (${one}) WHERE gas IS NOT NULL AND price IS NOT NULL AND f IS NULL`)
  if (row![0] !== '0')
    reader.notes.push(
      `${row![0]} fees have no payer (receipts without their transactions, or a sender that is no address) and were left out.`,
    )
}

async function refuseLarge(reader: Reader, priced: string): Promise<void> {
  const rows = await reader.duck.rows(
    `SELECT file, line, gas, price FROM (${priced}) WHERE fee IS NULL OR NOT fee BETWEEN 0 AND ${LARGEST} ORDER BY file, line LIMIT 1000`,
  )
  for (const [file, line, gas, price] of rows) {
    const source = reader.sources.find((candidate) => candidate.number === Number(file))
    reader.refusals.add({
      file: source?.path ?? '',
      line: Number(line),
      field: 'fee',
      reason: `${gas} gas at ${price} is no fee below 2^64`,
    })
  }
}

/** Bytes 0-7 of each UUID as (low, high); its sign bit comes flipped. */
function upper(uuid: Uint32Array, n: number): Uint32Array {
  const pairs = new Uint32Array(2 * n)
  for (let i = 0; i < n; i++) {
    pairs[2 * i] = uuid[4 * i + 2]!
    pairs[2 * i + 1] = uuid[4 * i + 3]! ^ SIGN
  }
  return pairs
}

function lower(uuid: Uint32Array, n: number): Uint32Array {
  const pairs = new Uint32Array(2 * n)
  for (let i = 0; i < n; i++) {
    pairs[2 * i] = uuid[4 * i]!
    pairs[2 * i + 1] = uuid[4 * i + 1]!
  }
  return pairs
}
