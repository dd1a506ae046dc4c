import type { ExchangeDirectory, Register } from '../cases/index.ts'
import type { Deliveries } from './alerts/index.ts'
import type { Config } from './config/index.ts'
import type { Database } from './database/database.ts'
import type { ContainerTeller } from './events/containers.ts'
import type { Doorbell } from './events/doorbell.ts'
import type { FileStore, Receiver } from './files/index.ts'
import type { DeskThread } from './freeze/index.ts'
import type { Jobs } from './jobs/index.ts'
import type { LabelBook } from './objects/labels.ts'
import type { Presented } from './people/authenticate.ts'
import type { Caller } from './people/caller.ts'
import type { Screening } from './screening/screening.ts'
import type { NodeKeys } from './secrets/keys.ts'
import type { Seal } from './secrets/seal.ts'
import type { Space } from './space/index.ts'
import type { Telemetry } from './telemetry/index.ts'
import type { Library } from './tracing/index.ts'
import type { Random } from './uuid.ts'

/** What a running node is made of. Routes receive it; nothing reaches for a clock, a database or chance by itself. */
export type NodeParts = {
  readonly config: Config
  readonly database: Database
  /** Whether there is room for what is to be written. */
  readonly space: Pick<Space, 'admitWrite'>
  readonly clock: () => Date
  readonly random: Random
  readonly keys: NodeKeys
  /** Cursors of pages and of events. */
  readonly cursors: Seal
  readonly labels: LabelBook
  /** The sanctions lists that are screened against. */
  readonly screening: Screening
  /** Content by its hash, and what is on its way in. */
  readonly files: FileStore
  readonly receiver: Receiver
  /** Work that takes longer than a request. */
  readonly jobs: Jobs
  /** Ledgers and tags, open for questions. */
  readonly library: Library
  /** The register of thefts. */
  readonly heists: Register
  /** Exchanges that can be asked, by Cordon and the operator. */
  readonly exchanges: ExchangeDirectory
  /** Makes documents and blind tokens beside the node's own thread. */
  readonly desk: DeskThread
  /** Sends what waits for others: webhooks and mail. */
  readonly deliveries: Deliveries
  /** Figures and traces for the operator. */
  readonly telemetry: Telemetry
  /** Rings when something was changed, so that streams look. */
  readonly doorbell: Doorbell
  /** Tells of containers that became more or less open by what they hold. */
  readonly containers: ContainerTeller
  /** Who a request comes from, by what it shows; null where nothing of it holds. */
  readonly authenticate: (presented: Presented) => Promise<Caller | null>
}
