import type { Table } from './format.ts'
import { column, syntheticHash } from './sql.ts'

/**
 * A transfer graph in GEXF (as NetworkX writes it): edges of source, target, id and weight, the weight in base units of the native coin.
 * A graph has no blocks and no transactions: all edges lie in block 0, each is a transaction of its own, in the order of their ids.
 */
export const gexf: readonly Table[] = [
  {
    id: 'gexf/edges',
    role: 'flow',
    needs: ['gexf_source', 'gexf_target', 'gexf_id', 'gexf_weight'],
    lacks: () => ['block', 'transaction (each edge stands for one, in the order of edge ids)', 'transaction index', 'log index', 'time'],
    read: () => ({
      block: '0',
      hash: `CASE WHEN TRY_CAST(${column('gexf_id')} AS BIGINT) >= 0 THEN ${syntheticHash('cordon:edge', `TRY_CAST(${column('gexf_id')} AS BIGINT)`)} ELSE ${column('gexf_id')} END`,
      txIndex: column('gexf_id'),
      from: column('gexf_source'),
      to: column('gexf_target'),
      asset: 'native',
      value: { sql: column('gexf_weight'), form: 'decimal' },
    }),
  },
]
