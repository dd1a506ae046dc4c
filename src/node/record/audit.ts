import { CordonError } from '../../chain/index.ts'
import { type AuditFinding, auditLog, type Checkpoint, type LogPolicy, openCheckpoint } from '../../share/index.ts'
import type { Database } from '../database/database.ts'
import type { Tx } from '../database/tx.ts'
import { auditContent } from './audit-content.ts'
import { auditTree } from './audit-tree.ts'
import { logEntries } from './entries.ts'
import type { RecordFinding } from './finding.ts'

/** What an audit found. */
export type RecordAudit = {
  /** True where nothing differs. */
  readonly sound: boolean
  readonly entries: number
  /** Entries below this number are what was signed; later ones are not signed yet. */
  readonly provenSize: number
  readonly checkpoints: number
  readonly objects: number
  readonly findings: readonly RecordFinding[]
  readonly findingsLeftOut: number
}

/** A checkpoint and where it is from, for what is said of it. */
export type KeptNote = { readonly from: string; readonly note: string }

/**
 * Compares a whole node with its record: the log with every signed checkpoint (in the database, in the data folder, and of witnesses), the stored tree with the log, and every version, label, link, person and row of the tables in `rows.ts` with what the log says was written.
 * All of it is seen as it was at one moment, so that an audit beside a node that runs finds nothing that is not so.
 * One changed byte, a deleted row and a truncated table are found and named. Memory grows with the links, people and rows that there are, and not with the record.
 */
export async function auditRecord(database: Database, policy: LogPolicy, notes: readonly KeptNote[]): Promise<RecordAudit> {
  return await database.snapshot(async (tx) => {
    const within = <T>(work: (at: Tx) => Promise<T>) => work(tx)
    return await auditMoment({ ...database, system: within, snapshot: within }, policy, notes)
  })
}

async function auditMoment(database: Database, policy: LogPolicy, notes: readonly KeptNote[]): Promise<RecordAudit> {
  const findings: RecordFinding[] = []
  const checkpoints: Checkpoint[] = []
  for (const { from, note } of [...(await storedNotes(database)), ...notes]) {
    try {
      checkpoints.push(openCheckpoint(note, policy).checkpoint)
    } catch (error) {
      if (!(error instanceof CordonError)) throw error
      findings.push({ where: from, what: `the checkpoint does not hold: ${error.message}` })
    }
  }
  const log = await auditLog(logEntries(database), checkpoints)
  findings.push(...log.findings.map(described))
  findings.push(...(await auditTree(database)))
  const content = await auditContent(database)
  findings.push(...content.findings)
  return {
    sound: findings.length === 0 && log.findingsLeftOut + content.leftOut === 0,
    entries: log.entries,
    provenSize: log.provenSize,
    checkpoints: checkpoints.length,
    objects: content.objects,
    findings,
    findingsLeftOut: log.findingsLeftOut + content.leftOut,
  }
}

async function storedNotes(database: Database): Promise<KeptNote[]> {
  const rows = await database.system((tx) => tx.query<{ hour: string; note: string }>('select hour, note from checkpoint order by hour'))
  return rows.map(({ hour, note }) => ({ from: `checkpoint ${hour}`, note }))
}

function described(finding: AuditFinding): RecordFinding {
  const { kind } = finding
  if (kind === 'equivocation') return { where: `log at size ${finding.size}`, what: 'two different trees were signed for this size' }
  if (kind === 'forked checkpoint')
    return { where: `log at size ${finding.size}`, what: `this was signed, and is no beginning of what was signed at ${finding.laterSize}` }
  const where = finding.first === finding.last ? `log ${finding.first}` : `log ${finding.first} to ${finding.last}`
  switch (kind) {
    case 'changed':
      return { where: `${where} entry`, what: 'the entry was changed after it was signed' }
    case 'leaf hash changed':
      return { where: `${where} leaf`, what: 'the hash beside the entry was changed' }
    case 'entry and leaf hash differ':
      return { where: `${where} entry`, what: 'the entry and the hash beside it differ' }
    case 'root differs':
      return { where, what: `something here was changed, put in or exchanged: the checkpoint of size ${finding.size} has another root` }
    case 'missing':
      return { where, what: 'entries are missing' }
    case 'repeated':
      return { where, what: 'the number is there twice' }
    case 'truncated':
      return { where, what: `the record was cut off: a checkpoint of size ${finding.size} was signed` }
  }
}
