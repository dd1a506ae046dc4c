import { link, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { loadTags } from '../../attribution/index.ts'
import type { Work } from '../../chain/index.ts'
import { parseTrace, serialize, type TraceDocument, verifyTrace } from '../../trace/index.ts'
import { type Place, withChain } from './live/chain.ts'

/** What came of running a trace again. */
export type TraceVerified = { readonly same: boolean; readonly differences: readonly string[]; readonly ledger: string }

/** Differences that are told. */
const MOST = 100

/** Runs a trace of this node again from its document and compares the bytes. */
export async function verifyTraceDocument(
  { document: path, place, tags }: { readonly document: string; readonly place: Place; readonly tags: readonly string[] },
  work: Work,
): Promise<TraceVerified> {
  const text = await readFile(path, 'utf8')
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
  const text = await readFile(path, 'utf8')
  const document = parseTrace(text, path)
  await mkdir(out)
  const names = new Map(document.tags.flatMap(({ file, sha256 }) => (isRelative(file) ? [[sha256, file] as const] : [])))
  for (const { file, sha256 } of tags) {
    const to = join(out, names.get(sha256) ?? file)
    await mkdir(dirname(to), { recursive: true })
    await link(file, to)
  }
  return compared(text, document, place, [out], work)
}

/** Whether a name that a document has is one within a folder. Hidden files are not read, and none goes upwards. */
function isRelative(name: string): boolean {
  return name.split('/').every((part) => /^[^.\\\0][^\\\0]{0,200}$/.test(part))
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
