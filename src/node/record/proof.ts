import { CordonError } from '../../chain/index.ts'
import { type ProofBundle, parseCheckpoint, parseNote, proveInclusion } from '../../share/index.ts'
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
  return await bundle(tx, index, row.entry)
}

/** Proves that a version of an object is in the record, to a caller who may read the object. Throws `log/not-signed-yet`, `node/not-found`. */
export async function proofOfVersion(tx: Tx, object: string, version: number): Promise<ProofBundle> {
  const [row] = await tx.query<{ index: number; entry: string }>('select index, entry from cordon_version_entry($1, $2)', [object, version])
  if (row === undefined)
    throw new CordonError('node/not-found', `the record has no entry of ${object} at version ${version}`, {
      remedy: 'Ask for a version that there is.',
    })
  return await bundle(tx, row.index, row.entry)
}

async function bundle(tx: Tx, index: number, entry: string): Promise<ProofBundle> {
  const signed = await signedNote(tx)
  if (signed === null || signed.size <= index)
    throw new CordonError('log/not-signed-yet', `entry ${index} is not below a signed checkpoint yet`, {
      remedy: 'Ask again in a few seconds.',
    })
  const { size } = parseCheckpoint(parseNote(signed.note).text)
  return { entry: Buffer.from(entry), index, path: await proveInclusion(treeOf(tx), index, size), checkpoint: signed.note }
}
