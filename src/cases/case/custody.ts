/**
 * Chain of custody of digital items, as the Berkeley Protocol on Digital Open Source Investigations asks (OHCHR and Human Rights Center, HR/PUB/20/2, 2022), chapter VI:
 *
 * - C, Collection: what is recorded of each item, in paragraph 155: (a) the address that it was found at, (e) to (f) what came with it, (g) who collected it, when and with what, (h) a hash taken at that time; any
 *   conversion by the collection is written down (paragraph 154);
 * - D, Preservation: paragraph 167: "the chronological documentation of the sequence of custodians", and of "the control, date and time, transfer, analysis and disposition"; the item stays as it was collected, and
 *   work is done on copies;
 * - E, Verification, and F, Analysis: done by people, on what is kept here; that the bytes are still those that were collected is shown by hashing them again.
 */
export const CUSTODY_STANDARD = 'Berkeley Protocol on Digital Open Source Investigations (OHCHR, HR/PUB/20/2), chapter VI.C-D'

/** What is told of a file: where it came from and what its bytes are. */
export type CustodyFile = {
  readonly sha256: string
  readonly bytes: number
  readonly name: string
  readonly mediaType: string | null
  readonly sniffed: string
  /** When this node received it, UTC. */
  readonly receivedAt: string
  /** The person who sent it, or for whom a job made it. */
  readonly receivedBy: string
  /** The job that made it here; null for what was sent. */
  readonly madeBy: string | null
  readonly provenance: {
    readonly url?: string | null | undefined
    readonly device?: string | null | undefined
    readonly capturedAt?: string | null | undefined
    readonly capturedBy?: string | null | undefined
    readonly tool?: string | null | undefined
    readonly toolVersion?: string | null | undefined
    readonly originalSha256?: string | null | undefined
    readonly notes?: string | null | undefined
  }
}

/** One thing that was done with it, as the record has it, in the record's order. */
export type CustodyStep = {
  /** Its place in the record. */
  readonly index: number
  readonly at: string
  /** By the words of the Berkeley Protocol where it has one. */
  readonly event: 'collected' | 'preserved' | 'verified' | 'viewed' | 'exported' | 'changed' | 'other'
  readonly action: string
  readonly outcome: string
  readonly organisation: string | null
  readonly person: string | null
}

/** What is not written down, with the paragraph that asks for it. */
export type CustodyGap = { readonly asks: string; readonly what: string }

/** The statement on one file. Times are UTC. */
export type CustodyStatement = {
  readonly file: string
  readonly organisation: string
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  /** Where and how it was found and captured. */
  readonly collection: {
    readonly url: string | null
    readonly device: string | null
    readonly capturedAt: string | null
    readonly capturedBy: string | null
    readonly tool: string | null
    readonly toolVersion: string | null
    readonly hashAtCapture: string | null
    readonly notes: string | null
  }
  readonly preservation: {
    readonly receivedAt: string
    readonly receivedBy: string
    readonly madeBy: string | null
    readonly mediaType: string | null
    readonly sniffed: string
    /** Whether what is kept hashes as it did at capture; null where no hash came with it. */
    readonly asCaptured: boolean | null
  }
  /** When its bytes were last hashed again and found to be the same; null where they never were. */
  readonly lastVerified: string | null
  readonly steps: readonly CustodyStep[]
  /** True where the record has more steps than stand here. */
  readonly stepsLeftOut: boolean
  readonly gaps: readonly CustodyGap[]
}

/** Who has the file, of which organisation. */
export type CustodyOf = { readonly id: string; readonly organisation: string; readonly body: CustodyFile }

/** The statement on a file, of what its body says and what the record says was done with it. What nobody wrote down is named as a gap and not guessed. */
export function custodyStatement(
  { id, organisation, body }: CustodyOf,
  steps: readonly CustodyStep[],
  stepsLeftOut = false,
): CustodyStatement {
  const {
    url = null,
    device = null,
    capturedAt = null,
    capturedBy = null,
    tool = null,
    toolVersion = null,
    originalSha256 = null,
    notes = null,
  } = body.provenance
  const collection = { url, device, capturedAt, capturedBy, tool, toolVersion, hashAtCapture: originalSha256, notes }
  const verified = steps.findLast(({ event, outcome }) => event === 'verified' && outcome === 'done')
  return {
    file: id,
    organisation,
    name: body.name,
    sha256: body.sha256,
    bytes: body.bytes,
    collection,
    preservation: {
      receivedAt: body.receivedAt,
      receivedBy: body.receivedBy,
      madeBy: body.madeBy,
      mediaType: body.mediaType,
      sniffed: body.sniffed,
      asCaptured: originalSha256 === null ? null : originalSha256 === body.sha256,
    },
    lastVerified: verified?.at ?? null,
    steps,
    stepsLeftOut,
    // What a job made here was not collected: its inputs were, and the record has the job.
    gaps: body.madeBy === null ? gapsOf(collection, body.sha256) : [],
  }
}

function gapsOf(collection: CustodyStatement['collection'], sha256: string): CustodyGap[] {
  const gaps: CustodyGap[] = []
  const missing = (asks: string, what: string) => gaps.push({ asks, what })
  if (collection.url === null && collection.device === null)
    missing('VI.C, 155 (a)', 'where it was found: an address, or the device or person that it was taken from')
  if (collection.capturedBy === null) missing('VI.C, 155 (g)', 'who collected it')
  if (collection.capturedAt === null) missing('VI.C, 155 (g)', 'when it was collected')
  if (collection.tool === null) missing('VI.C, 155 (g)', 'what it was collected with')
  else if (collection.toolVersion === null) missing('VI.C, 155 (g)', 'the version of the tool')
  if (collection.hashAtCapture === null)
    missing('VI.C, 155 (h)', 'a hash taken at capture: its hash is known from when it was received here')
  else if (collection.hashAtCapture !== sha256 && collection.notes === null)
    missing('VI.C, 154', 'how it was converted: its hash is not the one taken at capture, and no note says why')
  return gaps
}
