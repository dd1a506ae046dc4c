import type { Table } from './format.ts'
import { column, hexText, timeColumn } from './sql.ts'

/** Flows that investigators wrote down in dollars (the CSV of MFTracer): `Timestamp,Block,Tx_hash,From,From_label,To,To_label,Value_in_USD`. */
export const flowCsv: readonly Table[] = [
  {
    id: 'flows/usd',
    role: 'flow',
    needs: ['Timestamp', 'Block', 'Tx_hash', 'From', 'To', 'Value_in_USD'],
    lacks: () => ['transaction index', 'log index', 'asset (dollars only)'],
    read: (c) => ({
      block: column('Block'),
      hash: hexText(c, 'Tx_hash'),
      time: timeColumn(c, 'Timestamp'),
      from: hexText(c, 'From'),
      to: hexText(c, 'To'),
      asset: 'usd',
      value: { sql: column('Value_in_USD'), form: 'dollars' },
    }),
  },
]
