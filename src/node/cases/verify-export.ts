import { CordonError, canonicalJson } from '../../chain/index.ts'
import { type LogPolicy, type VerifiedBundle, verifyBundle } from '../../share/index.ts'
import { type StoredObject, versionHash } from '../objects/object.ts'
import type { CaseExport } from './export.ts'

/** One object of an export, and where the record has this version of it. */
export type ProvenObject = Pick<StoredObject, 'id' | 'kind' | 'version'> & Pick<VerifiedBundle, 'index'>

/** What was found in an export that is as the record has it. */
export type VerifiedExport = {
  readonly case: string
  readonly exportedAt: string
  readonly objects: readonly ProvenObject[]
  /** Of the checkpoints that the proofs lead to: the smallest size of the record. */
  readonly size: number
  /** Witnesses that cosigned each of the checkpoints. */
  readonly cosigned: readonly string[]
}

/**
 * Reads and checks the document of an export without any node: every object hashes to what its entry in the record says, every entry is under a checkpoint that the policy accepts, and the case itself is among them.
 * Proven is what the record has of a version: its kind, owner, label and body, who wrote it and when. Links, markings, who made the first version and who exported are not in a version, and are not proven.
 *
 * @param policy whose record it must be: the key is to be known from elsewhere, not from the export
 * @throws CordonError `cases/bad-export`, `cases/export-differs`, and of `verifyBundle`
 */
export function verifyExportedCase(text: string, policy: LogPolicy): VerifiedExport {
  const document = readExport(text)
  const bundles = verifyCaseExport(document, policy)
  if (!document.objects.some(({ id, kind }) => id === document.case && kind === 'case'))
    throw bad('the case that it names is not in it', 'case')
  const [first] = bundles
  return {
    case: document.case,
    exportedAt: document.exportedAt,
    objects: document.objects.map(({ id, kind, version }, i) => ({ id, kind, version, index: bundles[i]?.index ?? 0 })),
    size: Math.min(...bundles.map(({ checkpoint }) => checkpoint.size)),
    cosigned: (first?.cosigned ?? [])
      .map(({ witness }) => witness)
      .filter((name) => bundles.every(({ cosigned }) => cosigned.some(({ witness }) => witness === name))),
  }
}

/**
 * Checks the objects of an export, and gives the entry of each.
 *
 * @throws CordonError `cases/export-differs`, and of `verifyBundle`
 */
export function verifyCaseExport({ objects }: Pick<CaseExport, 'objects'>, policy: LogPolicy): VerifiedBundle[] {
  return objects.map(({ proof, marking: _marking, ...object }) => {
    const bundle = verifyBundle(JSON.stringify(proof), policy)
    const said = JSON.parse(Buffer.from(bundle.entry).toString('utf8')) as { action?: unknown; objects?: unknown }
    const { id, kind, version } = object
    const hash = versionHash(object)
    const expected = canonicalJson([{ id, kind, version, hash }])
    if (said.action !== 'object.version' || object.hash !== hash || canonicalJson(said.objects ?? null) !== expected) {
      throw new CordonError('cases/export-differs', `the ${kind} ${id} is not as the record has it`, {
        place: { field: id },
        remedy: 'Somebody changed the document. Ask whoever exported it for another copy.',
      })
    }
    return bundle
  })
}

function readExport(text: string): CaseExport {
  let document: Partial<CaseExport> | null
  try {
    document = JSON.parse(text)
  } catch {
    throw bad('it is not JSON', null)
  }
  if (typeof document !== 'object' || document?.format !== 'cordon-case') throw bad('its format is not cordon-case', 'format')
  if (document.formatVersion !== 1) throw bad('it is of another version than 1', 'formatVersion')
  if (typeof document.case !== 'string' || typeof document.exportedAt !== 'string')
    throw bad('it does not say of which case, and when', 'case')
  if (!Array.isArray(document.objects)) throw bad('it holds no objects', 'objects')
  for (const [i, object] of document.objects.entries()) {
    const whole =
      typeof object === 'object' &&
      object !== null &&
      ['id', 'kind', 'organisation', 'changedBy', 'changedAt', 'hash'].every((field) => typeof object[field as 'id'] === 'string') &&
      Number.isSafeInteger(object.version) &&
      [object.label, object.body, object.proof].every((part) => typeof part === 'object' && part !== null)
    if (!whole) throw bad('an object in it is not whole', `objects[${i}]`)
  }
  return document as CaseExport
}

function bad(what: string, field: string | null): CordonError {
  return new CordonError('cases/bad-export', `This is not the export of a case: ${what}.`, {
    place: field === null ? {} : { field },
    remedy: 'Give the file as the node made it (GET /cases/{id}/export), or ask whoever exported it for another copy.',
  })
}
