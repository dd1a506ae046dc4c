import PDFDocument from 'pdfkit'
import type { FreezeDocument } from './json.ts'
import { brokenLines } from './lines.ts'
import type { FreezeLanguage, TlpLabel } from './request.ts'
import { type FreezeSheet, freezeSheet, type SheetBlock, type SheetRow } from './sheet.ts'
import { freezeWords, phrase } from './words/index.ts'

/** Paths of font files that fontkit reads (TrueType, OpenType, WOFF, WOFF2): one with Latin letters, one with kana and kanji, one with Hangul. What the first of a language lacks is taken from the next. */
export type FreezeFonts = {
  readonly latin: string
  readonly latinBold: string
  readonly japanese: string
  readonly japaneseBold: string
  readonly korean: string
  readonly koreanBold: string
  /** For hashes and addresses: all letters and digits of one width. */
  readonly mono: string
}

type FontName = keyof FreezeFonts
type Pdf = PDFKit.PDFDocument
/** What pdfkit does not publish of the font in use. */
type OpenFont = {
  readonly _font: {
    readonly font: {
      hasGlyphForCodePoint(codePoint: number): boolean
      glyphForCodePoint(codePoint: number): { readonly advanceWidth: number }
    }
  }
}
type Run = { readonly font: FontName; readonly text: string }

const MARGIN = 54
const LABEL_WIDTH = 132
const BOTTOM = 72
const INK = '#111111'
const GREY = '#555555'
/** Colours of FIRST's TLP 2.0, on black. */
const TLP_COLOURS: Readonly<Record<TlpLabel, string>> = {
  RED: '#FF2B2B',
  AMBER: '#FFC000',
  'AMBER+STRICT': '#FFC000',
  GREEN: '#33FF00',
  CLEAR: '#FFFFFF',
}
/** Smallest size in points at which a hash is still set in one line. */
const SMALLEST = 6

/**
 * A request as PDF (A4): tagged, with language and title; the TLP label at the head and foot of each page as FIRST asks; hashes and addresses whole and in one line; the SHA-256 of the JSON document at the end.
 * Equal documents and fonts give equal bytes.
 */
export async function freezePdf(document: FreezeDocument, language: FreezeLanguage, fonts: FreezeFonts): Promise<Uint8Array> {
  return new Page(freezeSheet(document, language), fonts).bytes()
}

/** One PDF while it is written: where the pen is. */
class Page {
  readonly #pdf: Pdf
  readonly #sheet: FreezeSheet
  readonly #done: Promise<Uint8Array>
  #y = 0

  constructor(sheet: FreezeSheet, fonts: FreezeFonts) {
    this.#sheet = sheet
    this.#pdf = new PDFDocument({
      size: 'A4',
      margins: { top: 0, bottom: 0, left: 0, right: 0 },
      autoFirstPage: false,
      bufferPages: true,
      tagged: true,
      lang: sheet.language,
      displayTitle: true,
      pdfVersion: '1.7',
      info: {
        Title: `${sheet.title} – ${sheet.caseNumber}`,
        Author: sheet.agency,
        Creator: 'Cordon',
        Producer: 'Cordon',
        // The file id is a hash of these: nothing here may depend on when the bytes are made.
        CreationDate: new Date(sheet.issuedAt ?? '2000-01-01T00:00:00Z'),
      },
    })
    const chunks: Uint8Array[] = []
    this.#done = new Promise((resolve, reject) => {
      this.#pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      this.#pdf.on('end', () => resolve(Buffer.concat(chunks)))
      this.#pdf.on('error', reject)
    })
    for (const [name, path] of Object.entries(fonts)) this.#pdf.registerFont(name, path)
  }

  bytes(): Promise<Uint8Array> {
    const root = this.#pdf.struct('Document')
    this.#pdf.addStructure(root)
    this.#newPage()
    root.add(this.#pdf.struct('H1', {}, () => this.#write(this.#sheet.title, 18, true, MARGIN, this.#width, 6)))
    for (const [i, block] of this.#sheet.blocks.entries()) {
      // A heading does not stand alone at the foot of a page.
      const alone = (block.kind === 'heading' || block.kind === 'subheading') && i + 1 < this.#sheet.blocks.length
      if (alone) this.#room(block.kind === 'heading' ? 76 : 48)
      if (block.kind === 'rows') for (const row of block.rows) root.add(this.#pdf.struct('P', {}, () => this.#row(row)))
      else
        root.add(this.#pdf.struct(block.kind === 'heading' ? 'H2' : block.kind === 'subheading' ? 'H3' : 'P', {}, () => this.#block(block)))
      this.#y += block.kind === 'rows' ? 4 : 0
    }
    root.end()
    this.#furniture()
    this.#pdf.end()
    return this.#done
  }

  get #width(): number {
    return this.#pdf.page.width - 2 * MARGIN
  }

  #newPage(): void {
    // Content that goes on is marked anew on the next page, so that the tags stay well-formed.
    if (this.#pdf.bufferedPageRange().count === 0) this.#pdf.addPage()
    else this.#pdf.continueOnNewPage()
    this.#y = 78
  }

  /** Goes to a new page where less than `height` points are left. */
  #room(height: number): void {
    if (this.#y + height > this.#pdf.page.height - BOTTOM) this.#newPage()
  }

  #block(block: Exclude<SheetBlock, { kind: 'rows' }>): void {
    if (block.kind === 'heading') {
      this.#y += 8
      this.#write(block.text, 12.5, true, MARGIN, this.#width, 3)
    } else if (block.kind === 'subheading') this.#write(block.text, 9.5, true, MARGIN, this.#width, 2)
    else if (block.kind === 'paragraph') this.#write(block.text, 9.5, false, MARGIN, this.#width, 5)
    else this.#write(block.text, 9.5, false, MARGIN + 12, this.#width - 12, 5, true)
  }

  #row({ label, value, code }: SheetRow): void {
    const x = MARGIN + LABEL_WIDTH
    const width = this.#width - LABEL_WIDTH
    const labels = this.#lines(label, 9, true, LABEL_WIDTH - 8)
    const size = code ? this.#codeSize(value, width) : 9.5
    const lines = code ? this.#codeLines(value, size, width) : this.#lines(value, size, false, width)
    this.#room(13.5)
    let labelY = this.#y
    const page = this.#pdf.bufferedPageRange().count
    for (const line of labels) {
      this.#line(line, 9, true, MARGIN, labelY, GREY)
      labelY += 12
    }
    for (const line of lines) {
      this.#room(13)
      if (code) this.#codeLine(line, size, x, this.#y)
      else this.#line(line, size, false, x, this.#y, INK)
      this.#y += 13
    }
    // Only while the row is on one page does its label reach as far down as its value.
    if (this.#pdf.bufferedPageRange().count === page) this.#y = Math.max(this.#y, labelY)
    this.#y += 1
  }

  #write(text: string, size: number, bold: boolean, x: number, width: number, after: number, bar = false): void {
    const height = size * 1.42
    for (const line of this.#lines(text, size, bold, width)) {
      this.#room(height)
      if (bar) this.#pdf.rect(x - 8, this.#y - 1, 1.5, height).fill('#BBBBBB')
      this.#line(line, size, bold, x, this.#y, INK)
      this.#y += height
    }
    this.#y += after
  }

  #lines(text: string, size: number, bold: boolean, width: number): string[] {
    return brokenLines(text.normalize('NFC').replaceAll('\t', ' '), width, (part) => this.#measure(part, size, bold))
  }

  #measure(text: string, size: number, bold: boolean): number {
    let width = 0
    for (const run of this.#runs(text, bold)) width += this.#pdf.font(run.font).fontSize(size).widthOfString(run.text)
    return width
  }

  #line(text: string, size: number, bold: boolean, x: number, y: number, colour: string): void {
    let at = x
    for (const run of this.#runs(text, bold)) {
      this.#pdf.font(run.font).fontSize(size).fillColor(colour)
      const width = this.#pdf.widthOfString(run.text)
      // One base line for fonts whose ascents differ.
      this.#pdf.text(run.text, at, y + size, { lineBreak: false, baseline: 'alphabetic' })
      at += width
    }
  }

  /** The size at which a code goes on one line, down to the smallest that can be read. */
  #codeSize(value: string, width: number): number {
    const natural = this.#pdf.font('mono').fontSize(8.5).widthOfString(value)
    return natural <= width ? 8.5 : Math.max(SMALLEST, Math.floor(((8.5 * width) / natural) * 20) / 20)
  }

  /** A code that does not go on one line is given in numbered parts: so that nobody takes the first line for all of it. */
  #codeLines(value: string, size: number, width: number): string[] {
    const one = this.#pdf.font('mono').fontSize(size).widthOfString('0')
    const fits = Math.floor(width / one)
    if (value.length <= fits) return [value]
    const each = fits - 22
    const parts = Math.ceil(value.length / each)
    const words = freezeWords(this.#sheet.language)
    return Array.from(
      { length: parts },
      (_, i) => `${value.slice(i * each, (i + 1) * each)}  [${phrase(words, 'continued', { part: String(i + 1), parts: String(parts) })}]`,
    )
  }

  #codeLine(text: string, size: number, x: number, y: number): void {
    let at = x
    for (const run of this.#runsOf(text, ['mono', 'latin', 'japanese', 'korean'])) {
      this.#pdf.font(run.font).fontSize(size).fillColor(INK)
      this.#pdf.text(run.text, at, y + 9.5, { lineBreak: false, baseline: 'alphabetic', features: [] })
      at += this.#pdf.widthOfString(run.text)
    }
  }

  #runs(text: string, bold: boolean): readonly Run[] {
    const east = bold ? (['japaneseBold', 'koreanBold'] as const) : (['japanese', 'korean'] as const)
    // Both have Chinese characters, each in the form of its own country.
    return this.#runsOf(text, [bold ? 'latinBold' : 'latin', ...(this.#sheet.language === 'ko' ? [east[1], east[0]] : east)])
  }

  /** Parts of a text by the first font that has their characters; what none has is written as its code point, never dropped. */
  #runsOf(text: string, fonts: readonly FontName[]): readonly Run[] {
    const runs: { font: FontName; text: string }[] = []
    for (const char of text) {
      const font = fonts.find((name) => this.#has(name, char))
      const shown = font === undefined ? `[U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}]` : char
      const last = runs.at(-1)
      const name = font ?? (fonts[0] as FontName)
      if (last?.font === name) last.text += shown
      else runs.push({ font: name, text: shown })
    }
    return runs
  }

  readonly #known = new Map<string, boolean>()

  #has(name: FontName, char: string): boolean {
    const key = name + char
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#pdf.font(name)
    const { font } = (this.#pdf as unknown as OpenFont)._font
    const codePoint = char.codePointAt(0) as number
    let has = font.hasGlyphForCodePoint(codePoint)
    try {
      // Some free fonts (Nanum Gothic's blank) point past the end of their outlines: such a character is taken from the other font.
      has = has && font.glyphForCodePoint(codePoint).advanceWidth >= 0
    } catch {
      has = false
    }
    this.#known.set(key, has)
    return has
  }

  /** Marking, case number and page numbers: on every page, and no part of the text. */
  #furniture(): void {
    const { count } = this.#pdf.bufferedPageRange()
    const words = freezeWords(this.#sheet.language)
    for (let i = 0; i < count; i++) {
      this.#pdf.switchToPage(i)
      this.#pdf.markContent('Artifact', { type: 'Pagination' })
      this.#marking(30)
      const foot = this.#pdf.page.height - 48
      this.#marking(foot)
      this.#line(this.#sheet.caseNumber, 8, false, MARGIN, foot + 20, GREY)
      const page = phrase(words, 'page', { page: String(i + 1), pages: String(count) })
      this.#line(page, 8, false, MARGIN + this.#width - this.#measure(page, 8, false), foot + 20, GREY)
      this.#pdf.endMarkedContent()
    }
  }

  #marking(y: number): void {
    const label = `TLP:${this.#sheet.tlp}`
    const width = this.#measure(label, 12, true)
    const x = MARGIN + this.#width - width - 8
    this.#pdf.rect(x, y - 3, width + 8, 19).fill('#000000')
    this.#line(label, 12, true, x + 4, y, TLP_COLOURS[this.#sheet.tlp])
    const [first = ''] = this.#lines(this.#sheet.banner, 9, true, this.#width - width - 24)
    this.#line(first, 9, true, MARGIN, y + 2, '#A00000')
  }
}
