import type { Command } from 'commander'
import { CordonError } from '../../chain/index.ts'
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
      const { attributeClusters, clusterAccounts, loadTags, taggedAccounts, taggedEntities } = await import('../../attribution/index.ts')
      const { openBitcoinLedger } = await import('../../ledger/index.ts')
      const tags = await loadTags(paths)
      const ledger = await openBitcoinLedger(directory)
      try {
        const tagged = await taggedAccounts(ledger, tags)
        const clusters = await clusterAccounts(ledger.table(), { entities: taggedEntities(tagged), work })
        const named = attributeClusters(clusters, tagged).map(({ cluster, size, entity, accounts, conflicts }) => ({
          cluster,
          size,
          entity: entity.id,
          label: entity.label,
          kind: entity.kind,
          confidence: entity.confidence,
          tagged: accounts.map(({ address }) => address),
          conflicts: conflicts.map((other) => ({ entity: other.entity.id, tagged: other.accounts.map(({ address }) => address) })),
        }))
        const hashes = await ledger.transactions(clusters.conflicts.map(({ tx }) => tx))
        const conflicts = []
        for (const [i, conflict] of clusters.conflicts.entries()) {
          const info = hashes[i]
          if (info === undefined) throw new CordonError('ledger/unknown-transaction', `the ledger has no transaction number ${conflict.tx}`)
          conflicts.push({
            transaction: info.hash,
            block: info.block,
            entities: conflict.entities,
            addresses: await ledger.addresses(conflict.accounts),
          })
        }
        const value = { addresses: clusters.accounts, clusters: clusters.clusters, counts: clusters.counts, named, conflicts }
        return { value, text: describe(value) }
      } finally {
        await ledger.close()
      }
    },
  )
}

interface Found {
  readonly addresses: number
  readonly clusters: number
  readonly counts: { readonly joining: number; readonly collaborative: number; readonly transactionsWithUnknownInputs: number }
  readonly named: readonly {
    readonly label: string
    readonly kind: string
    readonly size: number
    readonly confidence: number
    readonly tagged: readonly string[]
    readonly conflicts: readonly { readonly entity: string }[]
  }[]
  readonly conflicts: readonly { readonly transaction: string; readonly entities: readonly string[] }[]
}

function describe({ addresses, clusters, counts, named, conflicts }: Found): string {
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
