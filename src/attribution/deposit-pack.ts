import { CONFIDENCE } from './confidence.ts'
import type { DepositFinding } from './deposit.ts'
import type { Tag } from './tag.ts'
import type { TagPack } from './tagpack.ts'

/** The source that tags found by the rule name. */
const DEPOSIT_SOURCE = 'https://doi.org/10.1007/978-3-030-51280-4_33'

/**
 * Deposit addresses as a TagPack, to keep and to share. Confidence is `heuristic`; the concept `deposit_wallet` keeps them from being taken for an exchange's
 * own wallets when they are loaded again.
 *
 * @param ledgerHash hash of the ledger in which they were found; it stands in each tag's context with the evidence
 */
export function depositTagPack(findings: readonly DepositFinding[], ledgerHash: string): TagPack {
  const title = 'Deposit addresses found by rule'
  return {
    title,
    creator: 'cordon',
    description: 'Accounts that forward what they receive to tagged wallets of one exchange (Victor, FC 2020)',
    tags: findings.map(
      ({ address, exchange, entity }): Tag => ({
        address,
        txHash: null,
        currency: 'ETH',
        network: 'ETH',
        label: exchange.label,
        source: DEPOSIT_SOURCE,
        confidence: 'heuristic',
        confidenceLevel: CONFIDENCE.heuristic as number,
        concepts: ['exchange', 'deposit_wallet'],
        abuse: null,
        actor: exchange.id,
        category: null,
        tagType: 'actor',
        isClusterDefiner: false,
        context: JSON.stringify({ ledger: ledgerHash, evidence: entity.evidence }),
        lastmod: null,
        pack: title,
        file: '',
      }),
    ),
  }
}
