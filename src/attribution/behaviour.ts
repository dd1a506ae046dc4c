import { CONFIDENCE } from './confidence.ts'
import type { Entity } from './tag.ts'

export interface AccountDegrees {
  /** Transfers out of and into the account. */
  readonly out: number
  readonly in: number
  /** Different accounts that it dealt with, where someone counted them. */
  readonly counterparties?: number
}

export interface HubRule {
  /** Transfers in and out together from which an untagged account is a service. */
  readonly hubTransfers: number
  /** Different counterparties that it must have too, where they are known; 0 or nothing asks for none. */
  readonly hubCounterparties?: number
}

/**
 * A service by behaviour alone: an account with as many transfers as no person makes. Its money is other people's, so that a trace which passed through would
 * name thousands who have nothing to do with the theft. Null below the thresholds.
 */
export function unnamedService(address: string, degrees: AccountDegrees, rule: HubRule): Entity | null {
  const transfers = degrees.in + degrees.out
  if (transfers < rule.hubTransfers) return null
  const least = rule.hubCounterparties ?? 0
  if (least > 0 && degrees.counterparties !== undefined && degrees.counterparties < least) return null
  const others =
    least > 0 && degrees.counterparties !== undefined ? ` with ${degrees.counterparties} counterparties (threshold ${least})` : ''
  return {
    id: `unnamed:${address}`,
    label: `unnamed service ${address}`,
    kind: 'unnamed-service',
    service: true,
    confidence: CONFIDENCE.heuristic as number,
    basis: 'behaviour',
    evidence: [
      `${transfers} transfers (${degrees.in} in, ${degrees.out} out)${others}, at or above the threshold of ${rule.hubTransfers}: other people's money passes here`,
    ],
    contact: null,
    conflicts: [],
  }
}

/**
 * Who an account is to a trace: what tags say, unless they only give a name without a role (a bot, a contract, a token) to an account that is as busy as a
 * service. Accounts known for harm are passed through however busy they are.
 */
export function standing(address: string, tagged: Entity | null, degrees: AccountDegrees, rule: HubRule): Entity | null {
  if (tagged !== null && (tagged.service || tagged.abuse !== undefined)) return tagged
  const hub = unnamedService(address, degrees, rule)
  if (hub === null) return tagged
  return tagged === null ? hub : { ...hub, label: tagged.label, evidence: [...hub.evidence, ...tagged.evidence], conflicts: [tagged.id] }
}
