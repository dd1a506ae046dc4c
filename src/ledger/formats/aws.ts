import { logs, readLogs, readTokenTransfers, readTraces, readTransactions, tokenTransfers, traces, transactions } from './ethereum-etl.ts'
import { type Columns, has, isFloat, type Table } from './format.ts'

/**
 * AWS Public Blockchain Data, Parquet (eth.* tables): the names of ethereum-etl, but values are DOUBLE and so lossy above 2^53.
 * The integer that a double denotes is taken exactly; what was lost before stays lost, and the ledger says so.
 */
const nightly = (c: Columns) => has(c, 'date') && has(c, 'block_timestamp')
const lossy = (c: Columns) => isFloat(c, 'value')
const aws = (c: Columns) => nightly(c) || lossy(c)

export const awsPublicBlockchain: readonly Table[] = [
  { ...tokenTransfers, id: 'aws/token_transfers', also: aws, lossy, read: readTokenTransfers },
  { ...transactions, id: 'aws/transactions', also: aws, lossy, read: readTransactions },
  { ...traces, id: 'aws/traces', also: aws, lossy, read: readTraces },
  { ...logs, id: 'aws/logs', also: nightly, read: readLogs },
]
