import { CordonError } from '../../chain/index.ts'
import type { DeskToken } from './desk-token.ts'

/** That an organisation holds something. All that the node needs to keep: no account, no case. */
export type Holding = {
  readonly token: DeskToken
  readonly organisation: string
}

/** Organisations that hold the same. For the desk's eyes alone. */
export type Meeting = {
  readonly token: DeskToken
  /** Two or more, by name. */
  readonly organisations: readonly string[]
}

/** What a team is told: that another works on something that it holds, and whom to ask. Not who, not which, not how many. */
export type Notice = {
  readonly to: string
  /** UTC, ISO 8601, to the minute: when it is sent. */
  readonly round: string
  readonly contact: string
  readonly text: string
}

/**
 * Where holdings that are filed now meet those that were filed before, by other organisations. What an organisation files a second time meets nobody anew.
 *
 * @param held holdings filed before, at least all those with the tokens of `filed`
 */
export function meetings(filed: readonly Holding[], held: readonly Holding[]): readonly Meeting[] {
  const holders = new Map<DeskToken, Set<string>>()
  for (const { token, organisation } of held) holdersOf(holders, token).add(organisation)
  const met = new Set<DeskToken>()
  for (const { token, organisation } of filed) {
    const organisations = holdersOf(holders, token)
    const before = organisations.size
    organisations.add(organisation)
    if (before > 0 && organisations.size > before) met.add(token)
  }
  return [...met].sort().map((token) => ({ token, organisations: [...holdersOf(holders, token)].sort() }))
}

function holdersOf(holders: Map<DeskToken, Set<string>>, token: DeskToken): Set<string> {
  const found = holders.get(token) ?? new Set()
  holders.set(token, found)
  return found
}

/**
 * The notices of one round: one to each organisation that met another since the last round, however often. Who files ten accounts within a round and is told of a meeting does not learn which of them met.
 *
 * @param round when it is sent: `roundAfter`
 * @param contact the desk, e.g. its address of mail
 */
export function notices(met: readonly Meeting[], round: string, contact: string): readonly Notice[] {
  const text = `Another team works on something that you hold. Ask the desk: ${contact}.`
  return [...new Set(met.flatMap(({ organisations }) => organisations))].sort().map((to) => ({ to, round, contact, text }))
}

/**
 * The round after a time: rounds fall on whole multiples of so many minutes since midnight UTC.
 *
 * @param time UTC, ISO 8601
 * @param minutes 1 to 1440, a divisor of 1440
 */
export function roundAfter(time: string, minutes: number): string {
  const at = Date.parse(time)
  if (Number.isNaN(at) || !time.endsWith('Z')) {
    throw new CordonError('blind/bad-time', 'The time of a filing must be UTC in ISO 8601.', {
      remedy: 'Give it as 2026-01-31T12:00:00.000Z.',
    })
  }
  if (!Number.isInteger(minutes) || minutes < 1 || 1440 % minutes !== 0) {
    throw new CordonError('blind/bad-round', `A round of ${minutes} minutes does not divide a day.`, {
      remedy: 'Take 15, 60 or 1440, say.',
    })
  }
  const step = minutes * 60_000
  return new Date((Math.floor(at / step) + 1) * step).toISOString().replace(':00.000Z', 'Z')
}
