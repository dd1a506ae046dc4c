import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runJobs } from '../../src/ledger/local/jobs.ts'
import { buildKeyIndex, findKey, type KeyIndexJob } from '../../src/ledger/local/keyindex.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-jobs-'))
afterAll(() => rm(root, { recursive: true, force: true }))

const indexJob = (keys: Uint32Array, memory = 1 << 20): KeyIndexJob => {
  const keysFile = join(root, 'keys')
  writeFileSync(keysFile, keys)
  return { kind: 'key-index', keysFile, words: 5, bucketFile: join(root, 'bucket'), slotFile: join(root, 'slot'), skipZero: false, memory }
}
const columnOf = (name: string): Uint32Array => new Uint32Array(new Uint8Array(readFileSync(join(root, name))).buffer)
const distinctKeys = (count: number): Uint32Array => Uint32Array.from({ length: count * 5 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0)

describe('jobs in threads', () => {
  it('give the results of all', async () => {
    const files = ['a', 'b', 'c'].map((name) => join(root, name))
    for (const file of files) writeFileSync(file, file)
    const hashes = await runJobs(
      files.map((file) => ({ kind: 'hash', files: [file] })),
      { threads: true },
    )
    expect(hashes).toEqual(Object.fromEntries(files.map((file) => [file, createHash('sha256').update(file).digest('hex')])))
  })

  it('pass errors on as what they are, and the first one counts', async () => {
    const twice = Uint32Array.from([1, 2, 3, 4, 5, 1, 2, 3, 4, 5])
    await expect(runJobs([indexJob(twice)], { threads: true })).rejects.toMatchObject({
      name: 'CordonError',
      code: 'ledger/scattered-transaction',
    })
    await expect(runJobs([{ kind: 'hash', files: [join(root, 'none')] }], { threads: true })).rejects.toThrow(/ENOENT/)
  })

  it('stop when asked', async () => {
    const stop = new AbortController()
    const work = runJobs([{ kind: 'hash', files: ['/dev/zero'] }], { threads: true, signal: stop.signal })
    setTimeout(() => stop.abort(), 50)
    await expect(work).rejects.toThrow(/abort/i)
  })
})

describe('an index of keys', () => {
  it('finds each key under its number and nothing else, however little memory it was built in', () => {
    const keys = distinctKeys(100_000)
    for (const memory of [1, 1 << 20]) {
      buildKeyIndex(indexJob(keys, memory))
      const index = { keys, words: 5, bucket: columnOf('bucket'), slot: columnOf('slot') }
      for (let id = 0; id < 100_000; id += 7) expect(findKey(index, keys, id * 5)).toBe(id)
      expect(findKey(index, Uint32Array.of(1, 2, 3, 4, 5))).toBe(-1)
    }
  })
})
