import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mustBeWritable, readText, writeWhole } from '../../src/cli/files.ts'
import { readTrace } from '../../src/cli/trace-file.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cordon-files-'))
})
afterAll(() => rm(directory, { recursive: true }))

describe('files that commands write', () => {
  it('are there as a whole, and nothing is left beside them', async () => {
    const file = join(directory, 'a.json')
    await writeWhole(file, 'old')
    await writeWhole(file, 'new')
    expect(await readFile(file, 'utf8')).toBe('new')
    expect(await readdir(directory)).toEqual(['a.json'])
  })
  it('are refused before the work begins where they could not be put', async () => {
    await expect(mustBeWritable(join(directory, 'missing', 'a.json'))).rejects.toMatchObject({ code: 'cli/not-writable' })
    await mkdir(join(directory, 'folder'))
    await expect(mustBeWritable(join(directory, 'folder'))).rejects.toMatchObject({ code: 'cli/not-writable' })
    await expect(writeWhole(join(directory, 'folder'), 'x')).rejects.toMatchObject({ code: 'cli/not-writable' })
    await expect(readText(join(directory, 'missing'))).rejects.toMatchObject({ code: 'cli/not-readable' })
  })
})

describe('a trace document from outside', () => {
  it.each([
    ['not JSON', '{', /not valid JSON/],
    ['null', 'null', /format/],
    ['another format', '{"format":"other"}', /format/],
    ['a later version', '{"format":"cordon-trace","formatVersion":2}', /version is 2/],
    ['half a document', '{"format":"cordon-trace","formatVersion":1,"engine":"x"}', /lacks ledger/],
  ])('is refused when it is %s', async (_name, text, why) => {
    const file = join(directory, 'trace.json')
    await writeFile(file, text)
    await expect(readTrace(file)).rejects.toMatchObject({ code: 'cli/not-a-trace', message: expect.stringMatching(why) })
  })
})
