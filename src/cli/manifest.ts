import type { BitcoinManifest, LedgerManifest } from '../ledger/index.ts'
import { count, facts, table, time } from './text.ts'

/** What a ledger holds, for people. */
export function describeManifest(manifest: LedgerManifest | BitcoinManifest): string {
  const ofOutputs = 'tip' in manifest ? manifest : null
  const { blocks, time: span } = manifest
  const parts = [
    facts([
      ['ledger', manifest.hash],
      ['chain', manifest.chain],
      ['transfers', count(manifest.transfers)],
      ['transactions', count(manifest.transactions)],
      ['accounts', count(manifest.accounts)],
      ...(ofOutputs === null
        ? ([['assets', count(manifest.assets.length)]] as const)
        : ([
            ['inputs', count(ofOutputs.inputs)],
            ['outputs', count(ofOutputs.outputs)],
            ['outputs from before', `${count(ofOutputs.foreign)}, of which ${count(ofOutputs.unknownValues)} of unknown value`],
          ] as const)),
      ['blocks', blocks === null ? 'none' : `${count(blocks.first)} to ${count(blocks.last)}`],
      ['time', span === null ? 'not in the source' : `${time(span.first)} to ${time(span.last)}`],
      [
        'begins',
        manifest.genesis
          ? 'with the chain: opening balances are zero'
          : ofOutputs === null
            ? 'after the chain: opening balances are estimated'
            : 'after the chain: outputs from before are known as far as its sources told',
      ],
    ]),
  ]
  if (manifest.lossy) parts.push('A source keeps values as floating point: amounts above 2^53 base units are not exact.')
  if (manifest.orderNotes.length > 0)
    parts.push(`${ofOutputs === null ? 'Order' : 'Notes'}:\n${manifest.orderNotes.map((note) => `- ${note}`).join('\n')}`)
  parts.push(
    table(
      ['source', 'format', 'rows', 'transfers', 'refused', 'lacks'],
      manifest.sources.map((s) => [s.file, s.format, count(s.rowsRead), count(s.transfers), count(s.refused), s.lacks.join(', ') || '-']),
      [2, 3, 4],
    ),
  )
  return parts.join('\n\n')
}
