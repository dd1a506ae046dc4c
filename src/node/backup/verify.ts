import { createHash } from 'node:crypto'
import { CordonError } from '../../chain/index.ts'
import { parseNote } from '../../share/index.ts'
import { readArchive } from './archive.ts'
import { type ArchivedFile, KEYS, MANIFEST, MANIFEST_NOTE, type Manifest, manifestText, parseManifest } from './manifest.ts'
import { damaged, type TarEntry } from './tar.ts'

/** Files that are read as a whole, and the most bytes that are taken of each: a manifest has one line for every file of the node. */
const MOST_BYTES: Readonly<Record<string, number>> = { [MANIFEST]: 512 * 2 ** 20, [MANIFEST_NOTE]: 2 ** 16, [KEYS]: 2 ** 20 }

/** What a backup says of itself, after every byte of it was compared with that. Whose it is, its `note` says: it is to be opened with the node's key. */
export type VerifiedBackup = { readonly manifest: Manifest; readonly note: string; readonly sealedKeys: string | null }

/**
 * Reads a backup from beginning to end and compares every file in it with its manifest.
 *
 * @throws CordonError `backup/damaged`, `backup/not-read`
 */
export async function verifyBackup(path: string): Promise<VerifiedBackup> {
  const found: ArchivedFile[] = []
  const kept = new Map<string, Buffer>()
  for await (const entry of readArchive(path)) {
    if (kept.has(MANIFEST_NOTE)) throw damaged('something follows its end')
    if (kept.has(MANIFEST) && entry.path !== MANIFEST_NOTE) throw damaged('something follows its manifest')
    const most = MOST_BYTES[entry.path]
    if (most === undefined) found.push(await hashed(entry))
    else {
      const bytes = await whole(entry, most)
      kept.set(entry.path, bytes)
      if (entry.path === KEYS) found.push({ path: KEYS, bytes: bytes.length, sha256: sha256(bytes) })
    }
  }
  const [text, note] = [kept.get(MANIFEST), kept.get(MANIFEST_NOTE)?.toString('utf8')]
  if (text === undefined || note === undefined) throw damaged('its end is missing')
  if (signedText(note) !== manifestText(text)) throw damaged('its manifest was changed')
  const manifest = parseManifest(text.toString('utf8'))
  compare(manifest.files, found)
  const sealedKeys = kept.get(KEYS)?.toString('utf8') ?? null
  if ((manifest.keys === 'sealed') !== (sealedKeys !== null)) throw damaged('its keys are not as the manifest says')
  return { manifest, note, sealedKeys }
}

function signedText(note: string): string {
  try {
    return parseNote(note).text
  } catch (cause) {
    throw damaged('its signature cannot be read', cause)
  }
}

async function hashed({ path, bytes, content }: TarEntry): Promise<ArchivedFile> {
  checkPath(path)
  const hash = createHash('sha256')
  for await (const part of content) hash.update(part)
  return { path, bytes, sha256: hash.digest('hex') }
}

/** Paths are ours: plain names, down from the top. */
function checkPath(path: string): void {
  const names = path.split('/')
  if (path.includes('\\') || path.includes('\0') || names.some((name) => name === '' || name === '.' || name === '..'))
    throw new CordonError('backup/damaged', `the backup holds the path ${JSON.stringify(path)}, which is none of ours`, {
      remedy: 'Do not restore it: somebody made it by hand.',
    })
}

function compare(wanted: readonly ArchivedFile[], found: readonly ArchivedFile[]): void {
  for (let at = 0; at < Math.max(wanted.length, found.length); at++) {
    const [file, is] = [wanted[at], found[at]]
    if (file === undefined || is === undefined || file.path !== is.path)
      throw damaged(`${(file ?? is)?.path} is ${is === undefined ? 'missing' : 'not where its manifest has it'}`)
    if (file.bytes !== is.bytes || file.sha256 !== is.sha256) throw damaged(`${file.path} was changed`)
  }
}

async function whole({ path, bytes, content }: TarEntry, most: number): Promise<Buffer> {
  if (bytes > most) throw damaged(`${path} is too long`)
  const parts: Buffer[] = []
  for await (const part of content) parts.push(part)
  return Buffer.concat(parts)
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
