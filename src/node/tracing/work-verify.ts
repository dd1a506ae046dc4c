import { link, mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { loadTags } from '../../attribution/index.ts'
import { CordonError, type Work } from '../../chain/index.ts'
import { parseTrace, serialize, type TraceDocument, verifyTrace } from '../../trace/index.ts'
import { type Place, withChain } from './live/chain.ts'

/** What came of running a trace again. */
export type TraceVerified = { readonly same: boolean; readonly differences: readonly string[]; readonly ledger: string }

/** Differences that are told. */
const MOST = 100
/** No longer text can be held (V8). */
const LONGEST_DOCUMENT = 2 ** 29 - 24
/** Bytes of a file's name that a document may have: what disks take. */
const LONGEST_NAME = 255
const DEEPEST_NAME = 1024

/** Runs a trace of this node again from its document and compares the bytes. */
export async function verifyTraceDocument(
  { document: path, place, tags }: { readonly document: string; readonly place: Place; readonly tags: readonly string[] },
  work: Work,
): Promise<TraceVerified> {
  const text = await readText(path)
  return compared(text, parseTrace(text, 'trace.json'), place, tags, work)
}

/** A document from elsewhere, and the files of tags that it was made with: names where the process stands, and their hashes. */
export type OutsideInput = {
  readonly document: string
  readonly place: Place
  readonly tags: readonly { readonly file: string; readonly sha256: string }[]
  readonly out: string
}

/** Runs a trace again that was made elsewhere. A document holds the names of its files of tags: each is read under that which its content has there. */
export async function verifyOutsideDocument({ document: path, place, tags, out }: OutsideInput, work: Work): Promise<TraceVerified> {
  const text = await readText(path)
  const document = parseTrace(text, path)
  await mkdir(out)
  const names = new Map(document.tags.flatMap(({ file, sha256 }) => (isRelative(file) ? [[sha256, file] as const] : [])))
  for (const { file, sha256 } of tags) {
    const name = names.get(sha256) ?? file
    const to = join(out, name)
    try {
      await mkdir(dirname(to), { recursive: true })
      await link(file, to)
    } catch (cause) {
      // One name twice, or once of a file and once of a folder.
      if (!CLASHES.has(String((cause as NodeJS.ErrnoException).code))) throw cause
      throw new CordonError('trace/not-a-trace', `${name}: two files of tags cannot have this name in one folder`, {
        place: { file: path, field: 'tags' },
        remedy: 'Give the document as the engine wrote it, and the files of tags that it was made with.',
        cause,
      })
    }
  }
  return compared(text, document, place, [out], work)
}

const CLASHES: ReadonlySet<string> = new Set(['EEXIST', 'ENOTDIR', 'EISDIR'])

/** Throws `trace/too-large`. */
async function readText(path: string): Promise<string> {
  const { size } = await stat(path)
  if (size <= LONGEST_DOCUMENT) return readFile(path, 'utf8')
  throw new CordonError('trace/too-large', `${path} has ${size} bytes, and a document of more than ${LONGEST_DOCUMENT} is not read`, {
    place: { file: path },
    remedy: 'Trace fewer hops: no document of a trace that can be read is as large.',
  })
}

/** Whether a name that a document has is one within a folder, and one that a disk takes. Hidden files are not read, and none goes upwards. */
function isRelative(name: string): boolean {
  return (
    Buffer.byteLength(name) <= DEEPEST_NAME &&
    name.split('/').every((part) => /^[^.\\\0][^\\\0]*$/.test(part) && Buffer.byteLength(part) <= LONGEST_NAME)
  )
}

async function compared(text: string, document: TraceDocument, place: Place, paths: readonly string[], work: Work): Promise<TraceVerified> {
  const tags = await loadTags(paths)
  return withChain(place, work, async (ledger) => {
    const { same, differences } = await verifyTrace(document, { ledger, tags, ...work })
    const spelled = same && serialize(document) !== text ? ['the file is spelled otherwise than the engine writes it'] : []
    const all = [...differences, ...spelled]
    return { same: all.length === 0, differences: all.slice(0, MOST), ledger: ledger.manifest.hash }
  })
}
