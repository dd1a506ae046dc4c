import { readFileSync } from 'node:fs'
import { unpackIndex } from '../../src/screen/match/build.ts'
import { nameQuery } from '../../src/screen/match/query.ts'
import { searchIndex } from '../../src/screen/match/search.ts'

/** Run with --expose-gc, the file of an index and one of names, one a line: prints the MiB that the index takes once all of them have been asked for. */
const [, , indexFile = '', nameFile = ''] = process.argv
const gc = globalThis.gc as () => void
const names = readFileSync(nameFile, 'utf8').split('\n')
const settled = async (): Promise<void> => {
  // Twice, with a turn of the loop between: what waits for finalisation goes with the second.
  for (let i = 0; i < 3; i++) {
    gc()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const warm = async (count: number): Promise<void> => {
  const index = load()
  const screener = searchIndex(
    index,
    index.lists.map(({ list, version }) => ({ list, version, published: null, imported: '', confirmed: '', entries: 0 })),
    [],
    () => new Date(0),
  )
  for (const name of names.slice(0, count)) screener.screen(nameQuery(name))
  if (count > 100) {
    await settled()
    console.log(JSON.stringify({ mib: (used() - before) / 2 ** 20 }))
    // The screener must outlive the measurement.
    screener.screen(nameQuery('Kim'))
  }
}
let before = 0
// Tables and code that any screener needs are loaded first: they are the program's, not the index's.
await warm(100)
await settled()
before = used()
await warm(names.length)

function load(): ReturnType<typeof unpackIndex> {
  const bytes = readFileSync(indexFile)
  return unpackIndex(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer)
}

function used(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
