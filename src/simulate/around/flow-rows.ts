import { CordonError } from '../../chain/index.ts'

/** A flow as investigators write it down: dollars with two decimals, kept as whole cents where the simulator reckons with it. */
export interface FlowRow {
  /** Seconds since 1970, UTC. */
  readonly time: number
  readonly block: number
  readonly hash: string
  readonly from: string
  readonly fromLabel: string
  readonly to: string
  readonly toLabel: string
  /** Dollars, as written. */
  readonly value: string
}

export const FLOW_HEADER = 'Timestamp,Block,Tx_hash,From,From_label,To,To_label,Value_in_USD'

/**
 * Reads a flow CSV (no quoting; the released files have none).
 *
 * @throws CordonError `simulate/flow-csv` with the line.
 */
export function parseFlows(text: string, file = 'flows.csv'): FlowRow[] {
  const [header, ...lines] = text.replaceAll('\r', '').trimEnd().split('\n')
  if (header !== FLOW_HEADER) throw bad(file, 1, `the header is not ${FLOW_HEADER}`)
  return lines.map((line, i) => {
    const cells = line.split(',')
    const [time, block, hash, from, fromLabel, to, toLabel, value] = cells
    const seconds = Date.parse(`${time?.replace(' ', 'T')}Z`) / 1_000
    if (cells.length !== 8 || !Number.isInteger(seconds) || !/^\d+$/.test(block ?? '') || !/^\d+(\.\d+)?$/.test(value ?? ''))
      throw bad(file, i + 2, 'the row is not a flow')
    return {
      time: seconds,
      block: Number(block),
      hash: hash!,
      from: from!.toLowerCase(),
      fromLabel: fromLabel!,
      to: to!.toLowerCase(),
      toLabel: toLabel!,
      value: value!,
    }
  })
}

/** Writes rows as a flow CSV. */
export function printFlows(rows: readonly FlowRow[]): string {
  const line = (row: FlowRow) => {
    const time = new Date(row.time * 1_000).toISOString().slice(0, 19).replace('T', ' ')
    return `${time},${row.block},${row.hash},${row.from},${row.fromLabel},${row.to},${row.toLabel},${row.value}\n`
  }
  return `${FLOW_HEADER}\n${rows.map(line).join('')}`
}

/** Whole cents, rounded down. */
export function cents(value: string): number {
  const [whole = '0', part = ''] = value.split('.')
  return Number(whole) * 100 + Number(part.slice(0, 2).padEnd(2, '0'))
}

export function dollarText(amount: number): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`
}

function bad(file: string, line: number, message: string): CordonError {
  return new CordonError('simulate/flow-csv', message, { place: { file, line }, remedy: 'give the flows of a case as released, unchanged' })
}
