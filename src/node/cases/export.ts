import { CordonError } from '../../chain/index.ts'
import { formatBundle, formatVerifierKey, type Label, type ProofBundle, showLabel } from '../../share/index.ts'
import type { Ask } from '../ask.ts'
import { LINKS } from '../objects/links.ts'
import type { StoredObject } from '../objects/object.ts'
import type { NodeParts } from '../parts.ts'
import { proofsOfVersions } from '../record/proof.ts'
import { everythingIn } from './contents.ts'
import { guardOf } from './guard.ts'

const MOST = 2000

export type ProofShown = {
  readonly format: string
  readonly entry: string
  readonly index: number
  readonly path: readonly string[]
  readonly checkpoint: string
}
export type ExportedObject = StoredObject & { readonly marking: string; readonly proof: ProofShown }
export type ExportedLink = { readonly source: string; readonly target: string; readonly link: string }

/** A case in one document, that can be checked without the node. */
export type CaseExport = {
  readonly format: 'cordon-case'
  readonly formatVersion: 1
  readonly exportedAt: string
  readonly exportedBy: { readonly person: string; readonly organisation: string }
  /** The record that proofs are of: its name and the key of its checkpoints. */
  readonly record: { readonly origin: string; readonly key: string }
  readonly scope: string
  /** What guards the document: the case's label with those of all that it holds. */
  readonly marking: string
  /** Id of the case, which is among the objects. */
  readonly case: string
  /** Oldest first. */
  readonly objects: readonly ExportedObject[]
  /** Between these objects. */
  readonly links: readonly ExportedLink[]
}

/** The same words whatever was left out, so that they tell nothing of it. */
const SCOPE =
  'The case and what it holds, as far as the person who exported it may read it, in its latest version. Whether there is more is not said. Of files the description and SHA-256 are here; their bytes are fetched apart.'

/**
 * A case and everything in it that the caller may read, each with the proof that it is in the record as it was written.
 *
 * @throws CordonError `cases/too-many`; `log/not-signed-yet` where something was written in the last second: ask again
 */
export async function exportCase(node: NodeParts, ask: Ask, id: string): Promise<CaseExport> {
  const objects = await everythingIn(ask, id, MOST)
  if (objects.length > MOST) {
    throw new CordonError('cases/too-many', `the case holds more than ${MOST} objects`, {
      remedy: 'Read it page by page at /cases/{id}/contents; proofs are at /objects/{id}/proof.',
    })
  }
  const proofs = await proofsOfVersions(ask.tx, objects)
  return {
    format: 'cordon-case',
    formatVersion: 1,
    exportedAt: ask.now.toISOString(),
    exportedBy: { person: ask.caller.person, organisation: ask.caller.organisation },
    record: { origin: node.keys.record.key.name, key: formatVerifierKey(node.keys.record.key) },
    scope: SCOPE,
    marking: (await guardOf(ask, id)).marking,
    case: id,
    objects: objects.map((object, i) => ({
      ...object,
      marking: showLabel(object.label as Label),
      proof: JSON.parse(formatBundle(proofs[i] as ProofBundle)) as ProofShown,
    })),
    links: await linksBetween(
      ask,
      objects.map((object) => object.id),
    ),
  }
}

async function linksBetween({ tx }: Ask, ids: readonly string[]): Promise<ExportedLink[]> {
  return await tx.query<ExportedLink>(
    `select source, target, kind as link from link where source = any($1::uuid[]) and target = any($1::uuid[]) and ended_at is null
       and kind = any($2::text[]) order by source, target, kind`,
    [ids, LINKS.map(({ kind }) => kind)],
  )
}
