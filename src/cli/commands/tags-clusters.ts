import type { Command } from 'commander'
import type { FoundClusters } from '../../attribution/index.ts'
import { command, perform, type Session } from '../command.ts'
import { count, table } from '../text.ts'

const SHOWN = 40

/** `cordon tags clusters`: which addresses share an owner by common inputs, what tags name them, and where the two disagree. */
export function tagsClusters(session: Session): Command {
  return perform<{ ledger: string; tags: string[] }>(
    command('clusters', 'Bitcoin: addresses that share an owner by common inputs, with the tags on them and every conflict', [
      'cordon tags clusters --ledger btc --tags tags/',
      'cordon tags clusters --ledger btc --tags tags/ --json | jq .conflicts',
    ])
      .requiredOption('--ledger <dir>', 'directory of the ledger')
      .requiredOption('--tags <path...>', 'TagPacks, ActorPacks, label files, or folders of them'),
    session,
    async ({ ledger: directory, tags: paths }, _operands, work) => {
      const { loadTags, searchClusters } = await import('../../attribution/index.ts')
      const { openBitcoinLedger } = await import('../../ledger/index.ts')
      const tags = await loadTags(paths)
      const ledger = await openBitcoinLedger(directory)
      try {
        const value = await searchClusters(ledger, tags, work)
        return { value, text: describe(value) }
      } finally {
        await ledger.close()
      }
    },
  )
}

function describe({ addresses, clusters, counts, named, conflicts }: FoundClusters): string {
  const parts = [
    `${count(addresses)} addresses in ${count(clusters)} clusters: ${count(counts.joining)} transactions joined some, ${count(counts.collaborative)} were left out as CoinJoins or what looks like one, of ${count(counts.transactionsWithUnknownInputs)} not all inputs are known.`,
  ]
  const rows = [...named].sort((a, b) => b.size - a.size).slice(0, SHOWN)
  if (rows.length > 0) {
    parts.push(
      table(
        ['entity', 'kind', 'addresses', 'tagged', 'confidence', 'also named'],
        rows.map((row) => [
          row.label,
          row.kind,
          count(row.size),
          count(row.tagged.length),
          String(row.confidence),
          row.conflicts.map(({ entity }) => entity).join(', ') || '-',
        ]),
        [2, 3, 4],
      ),
    )
    if (named.length > rows.length) parts.push(`and ${count(named.length - rows.length)} more (see --json)`)
  }
  if (conflicts.length > 0) {
    parts.push(
      `Not joined, because the tags name different entities (${count(conflicts.length)}):\n${table(
        ['transaction', 'would join'],
        conflicts.slice(0, SHOWN).map(({ transaction, entities }) => [transaction, entities.join(' and ')]),
      )}`,
    )
  }
  return parts.join('\n\n')
}
