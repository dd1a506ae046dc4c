import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { CordonError } from '../../chain/index.ts'

/** Members of an archive, bytes of all members unpacked, and how many times its packed size a member may be; the lists' own archives stay at 1, 130 MiB and 25. */
export const ZIP_LIMITS = { members: 1_000, total: 2 * 2 ** 30, ratio: 400, directory: 4 * 2 ** 20 } as const

/** A member as the central directory describes it. */
export interface Member {
  readonly name: string
  readonly method: 'stored' | 'deflated'
  /** Bytes, packed and unpacked. */
  readonly packed: number
  readonly size: number
  readonly crc: number
  /** Where its local header stands in the archive. */
  readonly offset: number
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_SIZE = 22
const CENTRAL_SIZE = 46
const LOCAL_SIZE = 30

/**
 * The members that the central directory of a ZIP archive names (APPNOTE 6.3, without ZIP64, encryption and methods other than stored and deflated), folders included.
 * What the directory claims of sizes is checked here against ZIP_LIMITS, and against the bytes when a member is read.
 *
 * @throws CordonError `list/archive`
 */
export async function membersOf(path: string, bytes: number): Promise<Member[]> {
  const end = await endRecord(path, bytes)
  const count = end.readUInt16LE(10)
  const size = end.readUInt32LE(12)
  const offset = end.readUInt32LE(16)
  if (count === 0xffff || size === 0xffffffff || offset === 0xffffffff)
    throw bad(path, 'is in the ZIP64 form, which is not read', 'unpack it and give the files')
  if (end.readUInt16LE(4) !== 0 || end.readUInt16LE(8) !== count)
    throw bad(path, 'is one part of a split archive', 'join the parts or unpack it')
  if (count > ZIP_LIMITS.members) throw bad(path, `has ${count} members; at most ${ZIP_LIMITS.members} are read`)
  if (size > ZIP_LIMITS.directory || offset + size > bytes)
    throw bad(path, 'has a directory that is not within it: it is damaged or cut off')
  const directory = await readAt(path, offset, size)
  const members: Member[] = []
  let at = 0
  for (let k = 0; k < count; k++) {
    if (at + CENTRAL_SIZE > directory.length || directory.readUInt32LE(at) !== CENTRAL)
      throw bad(path, `has a damaged directory at its member ${k + 1}`)
    const next = at + CENTRAL_SIZE + directory.readUInt16LE(at + 28) + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
    if (next > directory.length) throw bad(path, `has a damaged directory at its member ${k + 1}`)
    members.push(memberAt(path, directory, at))
    at = next
  }
  if (at !== directory.length) throw bad(path, 'has more in its directory than the members that it counts')
  checkSizes(path, members, offset)
  return members
}

/**
 * The unpacked bytes of a member, streamed. They are complete and of the size and checksum that the directory gives, or the stream ends with an error.
 *
 * @throws CordonError `list/archive`
 */
export async function* memberBytes(path: string, member: Member): AsyncGenerator<Uint8Array> {
  const header = await readAt(path, member.offset, LOCAL_SIZE)
  if (header.length < LOCAL_SIZE || header.readUInt32LE(0) !== LOCAL)
    throw bad(path, `has no member where its directory says that ${JSON.stringify(member.name)} begins`)
  if (member.packed === 0 && member.size === 0) return
  const start = member.offset + LOCAL_SIZE + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = createReadStream(path, { start, end: start + member.packed - 1 })
  const stream = member.method === 'stored' ? packed : pipeline(packed, createInflateRaw(), () => undefined)
  let size = 0
  let crc = 0
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > member.size)
        throw bad(path, `holds more of ${JSON.stringify(member.name)} than the ${member.size} bytes that its directory says`)
      crc = crc32(chunk, crc)
      yield chunk
    }
  } catch (cause) {
    if (cause instanceof CordonError) throw cause
    throw bad(path, `cannot be unpacked at ${JSON.stringify(member.name)}`, undefined, cause)
  } finally {
    packed.destroy()
  }
  if (size !== member.size || crc !== member.crc)
    throw bad(path, `holds ${JSON.stringify(member.name)} damaged: its size or checksum is not what the directory says`)
}

async function endRecord(path: string, bytes: number): Promise<Buffer> {
  const length = Math.min(bytes, END_SIZE + 0xffff)
  const tail = await readAt(path, bytes - length, length)
  for (let at = tail.length - END_SIZE; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END && at + END_SIZE + tail.readUInt16LE(at + 20) === tail.length) return tail.subarray(at)
  }
  throw bad(path, 'begins as a ZIP archive and has no directory at its end: it is cut off')
}

function memberAt(path: string, directory: Buffer, at: number): Member {
  const flags = directory.readUInt16LE(at + 8)
  const method = directory.readUInt16LE(at + 10)
  // Bit 11 says UTF-8. Without it the name is in an old code page; as it is only shown, other signs than ASCII may come out wrong.
  const name = directory.toString(
    (flags & 0x800) === 0 ? 'latin1' : 'utf8',
    at + CENTRAL_SIZE,
    at + CENTRAL_SIZE + directory.readUInt16LE(at + 28),
  )
  const packed = directory.readUInt32LE(at + 20)
  const size = directory.readUInt32LE(at + 24)
  if ((flags & 1) !== 0) throw bad(path, `holds ${JSON.stringify(name)} encrypted`, 'unpack it and give the files')
  if (method !== 0 && method !== 8)
    throw bad(
      path,
      `holds ${JSON.stringify(name)} packed by method ${method}; stored and deflated are read`,
      'unpack it and give the files',
    )
  return {
    name,
    method: method === 0 ? 'stored' : 'deflated',
    packed,
    size,
    crc: directory.readUInt32LE(at + 16),
    offset: directory.readUInt32LE(at + 42),
  }
}

function checkSizes(path: string, members: readonly Member[], directory: number): void {
  let total = 0
  let free = 0
  for (const { name, method, packed, size, offset } of members.toSorted((one, other) => one.offset - other.offset)) {
    total += size
    if (total > ZIP_LIMITS.total) throw bad(path, `would unpack to more than ${ZIP_LIMITS.total} bytes`)
    if (packed === 0 && size > 0) throw bad(path, `says that ${JSON.stringify(name)} has ${size} bytes, and holds none of them`)
    if (size > ZIP_LIMITS.ratio * packed)
      throw bad(path, `holds ${JSON.stringify(name)} packed to less than a ${ZIP_LIMITS.ratio}th, as bombs are`)
    if (method === 'stored' && packed !== size) throw bad(path, `gives two sizes for ${JSON.stringify(name)}, which is not packed`)
    // Members that share bytes are how a small archive unpacks to a huge one.
    if (offset < free) throw bad(path, `has members that overlap at ${JSON.stringify(name)}`)
    free = offset + LOCAL_SIZE + packed
    if (free > directory) throw bad(path, `has a member that reaches into its directory: ${JSON.stringify(name)}`)
  }
}

async function readAt(path: string, position: number, length: number): Promise<Buffer> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function bad(path: string, what: string, remedy = 'fetch it again from its publisher', cause?: unknown): CordonError {
  return new CordonError('list/archive', `${basename(path)} ${what}`, { place: { file: path }, remedy, cause })
}
