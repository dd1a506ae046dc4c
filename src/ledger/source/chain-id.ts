import { type ChainId, CordonError } from '../../chain/index.ts'
import { column } from '../formats/sql.ts'
import type { Duck } from './duck.ts'
import { relationOf } from './relation.ts'
import type { Sniffed } from './sniff.ts'

/**
 * The one chain that the files are of: what was asked for, or what their `chain_id` columns say; undefined when neither says.
 *
 * @throws CordonError `ledger/mixed-chains`
 */
export async function chainOf(duck: Duck, files: readonly Sniffed[], asked: ChainId | undefined): Promise<ChainId | undefined> {
  let chain = asked
  let from = 'the chain that was asked for'
  for (const file of files) {
    if (!file.columns.types.has('chain_id')) continue
    const ids = await duck.rows(
      `SELECT DISTINCT CAST(${column('chain_id')} AS VARCHAR) FROM ${relationOf(file, false).sql} WHERE ${column('chain_id')} IS NOT NULL LIMIT 3`,
    )
    for (const [id] of ids) {
      const found = `eip155:${id}`
      if (chain !== undefined && chain !== found) {
        throw new CordonError('ledger/mixed-chains', `${file.path} holds rows of ${found}, but ${from} is ${chain}`, {
          place: { file: file.path, field: 'chain_id' },
          remedy: 'A ledger is of one chain: make one for each.',
        })
      }
      chain = found
      from = `the chain of ${file.path}`
    }
  }
  return chain
}
