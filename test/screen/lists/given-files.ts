import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { sourceFiles } from '../../../src/screen/lists/archive.ts'
import type { ListEntry } from '../../../src/screen/lists/entry.ts'
import type { ListReader, ReadNote, SourceFile } from '../../../src/screen/lists/reader.ts'

export interface ReadList {
  readonly entries: readonly ListEntry[]
  readonly notes: readonly ReadNote[]
  readonly published: readonly string[]
  /** Reasons of the notes, each once. */
  readonly reasons: readonly string[]
}

/** A file in memory, handed out in pieces of the given size. */
export function fileOf(name: string, content: string | Uint8Array, piece = 65_536): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    path: `/${name}`,
    name,
    bytes: bytes.length,
    head: bytes.subarray(0, 65_536),
    async *open() {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
    },
  }
}

/** Everything that a reader says of files. */
export async function readAll(reader: ListReader, files: readonly SourceFile[], list = 'own'): Promise<ReadList> {
  const notes: ReadNote[] = []
  const published: string[] = []
  const entries: ListEntry[] = []
  for await (const entry of reader.read(files, { list, note: (note) => notes.push(note), published: (time) => published.push(time) }))
    entries.push(entry)
  return { entries, notes, published, reasons: [...new Set(notes.map(({ reason }) => reason))] }
}

/** The same from a file on the disk, as an import opens it: archives and workbooks are only read from there. */
export async function readFromDisk(reader: ListReader, name: string, content: Uint8Array): Promise<ReadList> {
  const folder = await mkdtemp(join(tmpdir(), 'cordon-lists-'))
  try {
    await writeFile(join(folder, name), content)
    const files = await sourceFiles([join(folder, name)])
    if (!reader.recognises(files)) throw new Error(`${reader.format} does not recognise ${name}`)
    return await readAll(reader, files)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A workbook (ECMA-376) of hand-written sheets: `rows` is the XML within `sheetData`. */
export function workbook(
  sheets: readonly { readonly name: string; readonly rows: string }[],
  strings: readonly string[] = [],
  more: { readonly date1904?: boolean; readonly files?: Readonly<Record<string, string>> } = {},
): Uint8Array {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
  const files: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': `${head}<Relationships ${relations}>${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${head}<workbook ${main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">${more.date1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${sheets
      .map(({ name }, k) => `<sheet name="${name}" sheetId="${k + 1}" r:id="rId${k + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships ${relations}>${sheets.map((_, k) => relation(k + 1, 'worksheet', `worksheets/sheet${k + 1}.xml`)).join('')}${relation(sheets.length + 1, 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `${head}<sst ${main}>${strings.join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ rows }, k) => [
        `xl/worksheets/sheet${k + 1}.xml`,
        `${head}<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
    ...more.files,
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
}

/** A row of inline strings, `null` an empty cell and a number a number, as many writers other than Excel make them. */
export function sheetRow(number: number, cells: readonly (string | number | null)[]): string {
  const column = (index: number) =>
    (index < 26 ? '' : String.fromCharCode(64 + Math.floor(index / 26))) + String.fromCharCode(65 + (index % 26))
  const text = (value: string) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  const written = cells.map((cell, index) => {
    const place = `r="${column(index)}${number}"`
    if (cell === null) return `<c ${place} s="3"/>`
    return typeof cell === 'number'
      ? `<c ${place}><v>${cell}</v></c>`
      : `<c ${place} t="inlineStr"><is><t xml:space="preserve">${text(cell)}</t></is></c>`
  })
  return `<row r="${number}">${written.join('')}</row>`
}
