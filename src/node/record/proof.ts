import { CordonError } from '../../chain/index.ts'
import { type Hash, type HashReader, type NodeId, type ProofBundle, parseCheckpoint, parseNote, proveInclusion } from '../../share/index.ts'
import type { Tx } from '../database/tx.ts'
import { treeOf } from './tree.ts'

/** The latest checkpoint that was signed, or null before the first. */
export async function signedNote(tx: Tx): Promise<{ readonly size: number; readonly note: string } | null> {
  const [row] = await tx.query<{ size: number; note: string }>('select size, note from checkpoint order by size desc limit 1')
  return row ?? null
}

/** Proves that an entry is in the record. Throws `log/not-signed-yet`, `node/not-found`. */
export async function proofOf(tx: Tx, index: number): Promise<ProofBundle> {
  const [row] = await tx.query<{ entry: string }>('select entry from log where index = $1', [index])
  if (row === undefined)
    throw new CordonError('node/not-found', `the record has no entry ${index}`, { remedy: 'Ask for an entry below its size.' })
  const [proof] = await bundles(tx, await signedHead(tx), [{ index, entry: row.entry }])
  return proof as ProofBundle
}

/** A version of an object. */
type VersionId = { readonly id: string; readonly version: number }

/** Versions of which one statement reads the entries, and one the hashes. */
const AT_ONCE = 500

/**
 * Proves that versions of objects are in the record, to a caller who may read the objects: in their order, and all under one checkpoint. It asks the database twice for every 500 of them, and once more.
 *
 * @throws CordonError `log/not-signed-yet`, `node/not-found`
 */
export async function proofsOfVersions(tx: Tx, versions: readonly VersionId[]): Promise<readonly ProofBundle[]> {
  const signed = await signedHead(tx)
  const proofs: ProofBundle[] = []
  for (let at = 0; at < versions.length; at += AT_ONCE)
    proofs.push(...(await bundles(tx, signed, await entriesOf(tx, versions.slice(at, at + AT_ONCE)))))
  return proofs
}

type Entry = { readonly index: number; readonly entry: string }

async function entriesOf(tx: Tx, versions: readonly VersionId[]): Promise<readonly Entry[]> {
  const rows = await tx.query<Entry & { n: number }>(
    `select n::int, said.index, said.entry
     from unnest($1::uuid[], $2::int[]) with ordinality as wanted(id, version, n), cordon_version_entry(wanted.id, wanted.version) as said`,
    [versions.map(({ id }) => id), versions.map(({ version }) => version)],
  )
  const found = new Map(rows.map(({ n, index, entry }) => [n, { index, entry }]))
  return versions.map(({ id, version }, i) => {
    const entry = found.get(i + 1)
    if (entry === undefined)
      throw new CordonError('node/not-found', `the record has no entry of ${id} at version ${version}`, {
        remedy: 'Ask for a version that there is.',
      })
    return entry
  })
}

type SignedHead = { readonly size: number; readonly note: string }

/** The latest checkpoint, with the size that it speaks of; of an empty record before the first. */
async function signedHead(tx: Tx): Promise<SignedHead> {
  const signed = await signedNote(tx)
  return signed === null ? { size: 0, note: '' } : { size: parseCheckpoint(parseNote(signed.note).text).size, note: signed.note }
}

async function bundles(tx: Tx, { size, note }: SignedHead, entries: readonly Entry[]): Promise<readonly ProofBundle[]> {
  const late = entries.find(({ index }) => index >= size)
  if (late !== undefined)
    throw new CordonError('log/not-signed-yet', `entry ${late.index} is not below a signed checkpoint yet`, {
      remedy: 'Ask again in a few seconds.',
    })
  const reader = together(treeOf(tx))
  return await Promise.all(
    entries.map(async ({ index, entry }) => ({
      entry: Buffer.from(entry),
      index,
      path: await proveInclusion(reader, index, size),
      checkpoint: note,
    })),
  )
}

/** A reader that waits for all who ask in the same turn and reads for them at once, each hash once: proofs of one tree have most of their hashes in common. */
function together(reader: HashReader): HashReader {
  let asked: Map<string, NodeId> | null = null
  let answer: Promise<ReadonlyMap<string, Hash>>
  return async (nodes) => {
    if (asked === null) {
      const all = new Map<string, NodeId>()
      asked = all
      answer = Promise.resolve().then(async () => {
        asked = null
        const hashes = await reader([...all.values()])
        return new Map([...all.keys()].map((key, i) => [key, hashes[i] as Hash]))
      })
    }
    for (const node of nodes) asked.set(keyOf(node), node)
    const hashes = await answer
    return nodes.map((node) => hashes.get(keyOf(node)) as Hash)
  }
}

function keyOf({ level, index }: NodeId): string {
  return `${level}/${index}`
}
