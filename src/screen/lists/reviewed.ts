import { createHash } from 'node:crypto'
import { readYaml } from '../../attribution/index.ts'
import { CordonError } from '../../chain/index.ts'
import { delimitedRows } from './delimited.ts'
import type { ListEntry } from './entry.ts'
import type { ListReader, ReadContext, SourceFile } from './reader.ts'
import { type ReviewManifest, type ReviewProblem, refusal, reviewManifest, reviewProblems } from './review-manifest.ts'
import { REVIEWED_COLUMNS, reviewedEntry } from './reviewed-entries.ts'
import { type Columns, columnsOf, wrongColumns } from './table-columns.ts'

/** What people type does not come near these; a document is streamed and may have any size. */
const MANIFEST_BYTES = 1 << 20
const TABLE_BYTES = 16 << 20

/**
 * Notices without a machine form, typed by one person and approved by another: Japan METI's end-user list (PDF), South Korean notices (대북 독자제재 고시, 관보), and others. Three files are given together:
 *
 * - the manifest (YAML or JSON, see ReviewManifest), found by its line `format: reviewed-notice`;
 * - the table that it names, CSV in UTF-8 with the header `id,kind,name,hangul,hanja,kana,latin,aliases,former_names,weak_aliases,birth,birth_place,nationality,sex,passport,national_id,imo,title,address,listed_on,programme,wallet,notes`,
 *   of which `id` and one name are needed. `kind` is person, organisation, vessel, aircraft or unknown; several values of a cell are separated by `;`; `wallet` is `ASSET:address`. `name` is how the notice names
 *   the entry and comes first;
 * - the notice itself (PDF), if at hand.
 *
 * Approval is of exactly these bytes: the table's SHA-256 stands in the manifest, so a table that was changed afterwards is refused, as is the whole when anything else does not hold. Nothing is read in part.
 *
 * @throws CordonError `list/review` where there is no second person, or it is the same one, the count or a hash differs, the URL is missing, a row is faulty, or the caller's list is another one
 */
export const reviewedNotice: ListReader = {
  format: 'reviewed-notice',
  title: 'A notice typed by one person and approved by another: manifest, table and notice (Japan METI, South Korea, others)',
  lists: [],

  recognises(files) {
    return files.some(isManifest)
  },

  async *read(files, context) {
    const { manifest, place } = await manifestOf(files)
    if (context.list !== '' && context.list !== manifest.list)
      throw refusal([{ field: 'list', text: `is ${manifest.list}, and ${context.list} was asked for` }], place)
    const table = named(files, manifest.entries.name)
    if (table === null) throw refusal([{ field: 'entries.name', text: `"${manifest.entries.name}" is not among the files given` }], place)
    const document = named(files, manifest.document.name)
    for (const file of files) {
      if (file !== table && file !== document && file.name !== place) {
        context.note({
          file: file.name,
          line: null,
          field: null,
          entry: null,
          severity: 'refused',
          reason: 'file not named in the manifest',
          text: file.name.slice(0, 200),
        })
      }
    }
    const bytes = await wholeFile(table, TABLE_BYTES)
    const { entries, problems } = await entriesOf(manifest, table, bytes, context)
    const found = {
      entriesSha256: createHash('sha256').update(bytes).digest('hex'),
      documentSha256: document === null ? null : await hashOf(document),
      count: entries.length,
    }
    const all = [...reviewProblems(manifest, found), ...problems]
    if (all.length > 0) throw refusal(all, place)
    context.published(manifest.notice.date)
    const approval = `typed by ${manifest.operator}, approved by ${manifest.reviewer}, read ${manifest.readOn} at ${manifest.url}`
    context.note({
      file: place,
      line: null,
      field: null,
      entry: null,
      severity: 'note',
      reason: 'approved by a second person',
      text: approval.slice(0, 200),
    })
    if (document === null) {
      context.note({
        file: place,
        line: null,
        field: 'document',
        entry: null,
        severity: 'note',
        reason: 'notice itself not at hand',
        text: `${manifest.document.name} ${manifest.document.sha256}`.slice(0, 200),
      })
    }
    yield* entries
  },
}

function isManifest(file: SourceFile): boolean {
  return /^[\s{]*["']?format["']?\s*:\s*["']?reviewed-notice["']?\s*,?\s*$/m.test(
    new TextDecoder().decode(file.head.subarray(0, 4096)).replace(/,/g, ',\n'),
  )
}

async function manifestOf(files: readonly SourceFile[]): Promise<{ readonly manifest: ReviewManifest; readonly place: string }> {
  const [file, second] = files.filter(isManifest)
  if (file === undefined || second !== undefined) {
    const names = files.map(({ name }) => name).join(', ')
    throw new CordonError(
      'list/review',
      `${file === undefined ? 'none' : 'more than one'} of these files is a manifest (format: reviewed-notice): ${names}`,
      {
        remedy: 'Give one manifest with its table, and the notice itself if you have it.',
      },
    )
  }
  const text = new TextDecoder().decode(await wholeFile(file, MANIFEST_BYTES))
  let value: unknown
  try {
    value = readYaml(text, file.name).value
  } catch (cause) {
    if (!(cause instanceof CordonError)) throw cause
    throw new CordonError('list/review', cause.message, { place: cause.place, remedy: 'Write the manifest as plain YAML or JSON.', cause })
  }
  return { manifest: reviewManifest(value, file.name), place: file.name }
}

async function entriesOf(
  manifest: ReviewManifest,
  table: SourceFile,
  bytes: Uint8Array,
  context: ReadContext,
): Promise<{ readonly entries: readonly ListEntry[]; readonly problems: readonly ReviewProblem[] }> {
  const entries: ListEntry[] = []
  const problems: ReviewProblem[] = []
  const ids = new Set<string>()
  let columns: Columns | null = null
  // The bytes that were hashed are the bytes that are read, whatever becomes of the file meanwhile.
  const held: SourceFile = { ...table, bytes: bytes.length, open: () => once(bytes) }
  for await (const { line, fields, raw, fault } of delimitedRows(held, context.signal === undefined ? {} : { signal: context.signal })) {
    if (columns === null) {
      columns = columnsOf(fields, REVIEWED_COLUMNS)
      if (!columns.has('id') || !['name', 'latin', 'hangul'].some((key) => columns?.has(key))) {
        throw wrongColumns(
          table.name,
          line,
          ['id', 'name'],
          fields,
          'Name the columns in the first line: id,kind,name,hangul,hanja,kana,latin,aliases,birth,nationality,passport,title,notes',
        )
      }
      for (const { name } of columns.unknown) problems.push({ field: name.slice(0, 40), text: 'is not a column of this table' })
      continue
    }
    const found =
      fault === null && fields.length <= columns.width ? reviewedEntry(manifest, columns, fields, raw, { file: table.name, line }) : null
    if (found === null) problems.push({ field: 'row', text: `on line ${line}: ${fault ?? 'more fields than columns'}` })
    else if (!('list' in found)) problems.push(found)
    else if (ids.has(found.id)) problems.push({ field: 'id', text: `"${found.id.slice(0, 40)}" stands twice, again on line ${line}` })
    else {
      ids.add(found.id)
      entries.push(found)
    }
    if (problems.length >= 20) break
  }
  if (columns === null) throw wrongColumns(table.name, null, ['id', 'name'], [], 'The table is empty.')
  return { entries, problems }
}

function named(files: readonly SourceFile[], name: string): SourceFile | null {
  return files.find((file) => file.name === name) ?? null
}

async function wholeFile(file: SourceFile, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of file.open()) {
    length += chunk.length
    if (length > most) {
      throw new CordonError('list/review', `${file.name} is larger than ${most} bytes`, {
        place: { file: file.name },
        remedy: 'Manifest and table are typed by people; give those, not a dump.',
      })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function hashOf(file: SourceFile): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of file.open()) hash.update(chunk)
  return hash.digest('hex')
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
