import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mustBeWritable, readText, writeWhole } from '../../src/cli/files.ts'

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
