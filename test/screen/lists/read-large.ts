/**
 * Reads a list in a process of its own, so that its memory can be measured: `node read-large.ts READER FILE` prints a line of JSON. Entries are let go as they come, as an import does that writes them out.
 */
import { sourceFiles } from '../../../src/screen/lists/archive.ts'
import { ofacAdvanced } from '../../../src/screen/lists/ofac-advanced.ts'
import { ofacEnhanced } from '../../../src/screen/lists/ofac-enhanced.ts'

const [format, path] = process.argv.slice(2)
const reader = [ofacEnhanced, ofacAdvanced].find((one) => one.format === format)
if (reader === undefined || path === undefined) throw new Error('usage: read-large.ts ofac-enhanced|ofac-advanced FILE')
let entries = 0
let notes = 0
let raw = 0
for await (const entry of reader.read(await sourceFiles([path]), { list: '', note: () => notes++, published: () => undefined })) {
  entries++
  raw += entry.raw.length
}
process.stdout.write(`${JSON.stringify({ entries, notes, raw, mebibytes: process.resourceUsage().maxRSS / 1_024 })}\n`)
