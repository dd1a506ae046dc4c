import { RELEASE_SQL } from '../../../share/index.ts'
import { DELIVERY_TABLES } from '../../delivery/tables.ts'
import { PEOPLE_SCHEMA } from '../../people/schema.ts'
import { ORGANISATIONS } from './0001-organisations.ts'
import { OBJECTS } from './0003-objects.ts'
import { RECORD } from './0004-record.ts'
import { IDEMPOTENCY } from './0005-idempotency.ts'
import { SCREENING } from './0007-screening.ts'
import { WORK } from './0008-work.ts'
import { CASES } from './0009-cases.ts'
import { DESK } from './0010-desk.ts'
import { ALERTS } from './0012-alerts.ts'
import { ROWS } from './0013-rows.ts'
import { OVERDUE_EVENTS } from './0014-overdue-events.ts'
import { KEPT_RING } from './0015-kept-ring.ts'
import { CONTAINERS } from './0016-containers.ts'

/** One step of the schema. Its text never changes once it was released: what a database was made with must be known for ever. */
export type Migration = { readonly id: string; readonly sql: string }

/** Every step, in order. */
export const MIGRATIONS: readonly Migration[] = [
  { id: '0001-organisations', sql: ORGANISATIONS },
  { id: '0002-release', sql: RELEASE_SQL },
  { id: '0003-objects', sql: OBJECTS },
  { id: '0004-record', sql: RECORD },
  { id: '0005-idempotency', sql: IDEMPOTENCY },
  { id: '0006-people', sql: PEOPLE_SCHEMA },
  { id: '0007-screening', sql: SCREENING },
  { id: '0008-work', sql: WORK },
  { id: '0009-cases', sql: CASES },
  { id: '0010-desk', sql: DESK },
  { id: '0011-delivery', sql: DELIVERY_TABLES },
  { id: '0012-alerts', sql: ALERTS },
  { id: '0013-rows', sql: ROWS },
  { id: '0014-overdue-events', sql: OVERDUE_EVENTS },
  { id: '0015-kept-ring', sql: KEPT_RING },
  { id: '0016-containers', sql: CONTAINERS },
]
