import type { FreezeDocument } from './json.ts'
import type { FreezeLanguage } from './request.ts'
import { freezeSheet, type SheetBlock } from './sheet.ts'
import { type FreezeWords, freezeWords, phrase } from './words/index.ts'

/**
 * A request as plain text, for portals and mail: UTF-8, lines end in a newline, no line is wrapped, so that hashes and addresses are copied whole. What people wrote stands behind a bar: nothing in it
 * can pass for a line of the request.
 */
export function freezeText(document: FreezeDocument, language: FreezeLanguage): string {
  const sheet = freezeSheet(document, language)
  const words = freezeWords(language)
  const banner = sheet.banner === '' ? `TLP:${sheet.tlp}` : `TLP:${sheet.tlp}  ${sheet.banner}`
  const lines = [banner, '', sheet.title, '', ...sheet.blocks.flatMap((block) => blockLines(block, words)), '', banner]
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`
}

function blockLines(block: SheetBlock, words: FreezeWords): string[] {
  if (block.kind === 'heading') return ['', `## ${block.text}`, '']
  if (block.kind === 'subheading') return ['', `# ${block.text}`]
  if (block.kind === 'paragraph') return [block.text, '']
  if (block.kind === 'quote') return [...quoteLines(block.text), '']
  return [
    ...block.rows.flatMap(({ label, value }) =>
      value.includes('\n')
        ? [phrase(words, 'line', { label, value: '' }).trimEnd(), ...quoteLines(value)]
        : [phrase(words, 'line', { label, value })],
    ),
    '',
  ]
}

function quoteLines(text: string): string[] {
  return text.split('\n').map((line) => (line === '' ? '|' : `| ${line}`))
}
