import { CordonError } from '../../chain/index.ts'
import type { ExchangeDirectory } from './directory.ts'
import { FaultList, type GateResult } from './fault.ts'
import { checkAddressee, checkTreaty } from './gate-addressee.ts'
import { checkPapers } from './gate-papers.ts'
import { type Confirmation, checkPoints } from './gate-points.ts'
import type { FreezePoint, FreezeRequest } from './request.ts'
import { clockMillis } from './time.ts'

/** What the gate needs to know beside the request. */
export type GateAgainst = {
  readonly directory: ExchangeDirectory
  /** ISO 8601 UTC. */
  readonly now: string
  /** Asks a ledger whether the transaction really pays that address; null where no ledger is at hand. */
  readonly confirm: ((point: FreezePoint) => Confirmation) | null
}

/**
 * Everything that is missing or wrong in a request, at once. Exchanges refuse shortened hashes, screenshots and dates without a time, and every refusal costs the hour in which the money leaves.
 *
 * @throws CordonError `cases/freeze-time` where `now` is no time
 */
export function freezeGate(request: FreezeRequest, { directory, now, confirm }: GateAgainst): GateResult {
  const found = new FaultList()
  const at = clockMillis(now)
  checkAddressee(request, directory, found)
  checkPapers(request, at, found)
  checkPoints(request, at, confirm, found)
  checkTreaty(request, directory, found)
  return { passed: found.faults.length === 0, faults: found.faults, warnings: found.warnings }
}

/**
 * Lets a complete request pass.
 *
 * @throws CordonError `cases/freeze-incomplete` that lists every fault with its field and remedy
 */
export function passGate(request: FreezeRequest, against: GateAgainst): GateResult {
  const result = freezeGate(request, against)
  const [first] = result.faults
  if (first === undefined) return result
  throw new CordonError(
    'cases/freeze-incomplete',
    `the request is not complete, ${result.faults.length} ${result.faults.length === 1 ? 'thing is' : 'things are'} missing or wrong: ${result.faults.map(({ field, what }) => `${field}: ${what}`).join('; ')}`,
    { place: { field: first.field }, remedy: result.faults.map(({ field, remedy }) => `${field}: ${remedy}`).join(' ') },
  )
}
