import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import type { SourceFile } from './reader.ts'
import { type Member, memberBytes, membersOf } from './zip.ts'

/** How much of a file its reader may look at to recognise it. */
const HEAD = 65_536

/**
 * Files as readers get them: a plain file as it is, a ZIP archive as its members, which stream out of it without being unpacked to the disk. Workbooks (XLSX) are ZIP
 * archives too and stay whole. Folders, `__MACOSX/` and empty names within an archive are left out; an archive within an archive stays closed.
 *
 * @throws CordonError `list/file` where a file cannot be read; `list/archive` where an archive is damaged, encrypted, or over ZIP_LIMITS
 */
export async function sourceFiles(paths: readonly string[]): Promise<SourceFile[]> {
  const files: SourceFile[] = []
  for (const path of paths) {
    const bytes = await sizeOf(path)
    const head = await readStart(path, Math.min(HEAD, bytes))
    const plain: SourceFile = { path, name: basename(path), bytes, head, open: () => createReadStream(path) }
    if (!isZip(head)) {
      files.push(plain)
      continue
    }
    const members = await membersOf(path, bytes)
    if (members.some((member) => member.name === '[Content_Types].xml')) files.push(plain)
    else for (const member of members) if (wanted(member)) files.push(await memberFile(path, member))
  }
  return files
}

function wanted(member: Member): boolean {
  return !member.name.endsWith('/') && !member.name.startsWith('__MACOSX/') && label(member.name) !== ''
}

async function memberFile(path: string, member: Member): Promise<SourceFile> {
  const name = label(member.name)
  const head: Uint8Array[] = []
  let length = 0
  for await (const chunk of memberBytes(path, member)) {
    head.push(chunk)
    length += chunk.length
    if (length >= HEAD) break
  }
  return {
    path: `${path}!${name}`,
    name,
    bytes: member.size,
    head: Buffer.concat(head).subarray(0, HEAD),
    open: () => memberBytes(path, member),
  }
}

/** A member's name is shown and never used as a path: the part behind the last separator, without control characters and signs that reorder text. */
function label(name: string): string {
  return (name.split(/[/\\]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200)
}

function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  if (!found.isFile()) throw unreadable(path, new Error('not a file'))
  return found.size
}

async function readStart(path: string, length: number): Promise<Uint8Array> {
  const handle = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function unreadable(path: string, cause: unknown): CordonError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new CordonError('list/file', `${path} cannot be read: ${why}`, {
    place: { file: path },
    remedy: 'give the path of a file that exists and may be read',
    cause,
  })
}
