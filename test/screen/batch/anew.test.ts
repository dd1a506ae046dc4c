import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openInput, runBatch, runRescreen } from '../../../src/screen/batch/index.ts'
import { Journal } from '../../../src/screen/batch/journal.ts'
import { folders, person } from '../decide/plain-screener.ts'
import { plainScreener } from './batch-screener.ts'

/** Disks that fail to flush a folder cannot be had in a test; everything else of these is real. */
const disk = vi.hoisted(() => ({ fails: false }))
vi.mock('../../../src/screen/disk/folder.ts', async (real) => {
  const files = await real<typeof import('../../../src/screen/disk/folder.ts')>()
  const syncFolder = (path: string) => (disk.fails ? Promise.reject(new Error('the disk is gone')) : files.syncFolder(path))
  return { ...files, syncFolder }
})
afterEach(() => {
  disk.fails = false
})

const fresh = folders()
const clock = () => Date.parse('2026-01-05T10:00:00.000Z')
const screener = plainScreener([person('1', 'Name 1')])

async function book() {
  const folder = fresh()
  const input = join(folder, 'customers.csv')
  writeFileSync(input, `id,name\n${Array.from({ length: 5 }, (_, n) => `C-${n},Name ${n}`).join('\n')}\n`)
  const then = join(folder, 'then')
  await runBatch({ input, screener, out: then, clock })
  const before = join(then, 'answers.jsonl')
  const again = join(folder, 'again')
  await runRescreen({ before, screener, out: again, clock })
  return { folder, input, then, before, again }
}

/** What a folder holds, but for its locks. */
function contents(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => !name.startsWith('lock-'))
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

describe('beginning anew', () => {
  it('takes away the output of a run of the same kind alone', async () => {
    const { input, before, then, again } = await book()
    const [ofBatch, ofRescreen] = [contents(then), contents(again)]
    await expect(runBatch({ input, screener, out: again, clock, anew: true })).rejects.toMatchObject({ code: 'screen/not-empty' })
    expect(contents(again)).toEqual(ofRescreen)
    await expect(runRescreen({ before: join(again, 'answers.jsonl'), screener, out: then, clock, anew: true })).rejects.toMatchObject({
      code: 'screen/not-empty',
    })
    expect(contents(then)).toEqual(ofBatch)
    expect((await runBatch({ input, screener, out: then, clock, anew: true })).totals.rows).toBe(5)
    expect((await runRescreen({ before, screener, out: again, clock, anew: true })).totals.subjects).toBe(5)
  })

  it('touches nothing where no checkpoint says whose the files are, or one that says nothing', async () => {
    const { input } = await book()
    for (const checkpoint of [null, '', '{', 'null', '[]', '{"format":"constructor"}']) {
      const out = fresh()
      writeFileSync(join(out, 'answers.jsonl'), 'mine')
      if (checkpoint !== null) writeFileSync(join(out, 'checkpoint.json'), checkpoint)
      const was = contents(out)
      await expect(runBatch({ input, screener, out, clock, anew: true })).rejects.toMatchObject({ code: 'screen/not-empty' })
      expect(contents(out)).toEqual(was)
    }
  })

  it('still mends a run of its own whose checkpoint or output somebody changed', async () => {
    const { input, then } = await book()
    writeFileSync(join(then, 'checkpoint.json'), ` ${readFileSync(join(then, 'checkpoint.json'), 'utf8')}`)
    writeFileSync(join(then, 'summary.csv'), 'x')
    await expect(runBatch({ input, screener, out: then, clock })).rejects.toMatchObject({ code: 'screen/batch-changed' })
    expect((await runBatch({ input, screener, out: then, clock, anew: true })).totals.rows).toBe(5)
  })

  it('is refused where the file to be read lies in the folder to be written to, by whatever way it is named', async () => {
    const { folder, before, then, input } = await book()
    const link = join(folder, 'link')
    symlinkSync(then, link)
    symlinkSync(before, join(folder, 'earlier.jsonl'))
    const was = contents(then)
    for (const [file, out] of [
      [before, then],
      [before, link],
      [join(link, 'answers.jsonl'), then],
      [join(folder, 'earlier.jsonl'), then],
      [before, join(then, '..', 'then')],
    ] as const)
      for (const anew of [true, false]) {
        await expect(runRescreen({ before: file, screener, out, clock, anew })).rejects.toMatchObject({ code: 'screen/input-in-out' })
        await expect(runBatch({ input: file, screener, out, clock, anew })).rejects.toMatchObject({ code: 'screen/input-in-out' })
      }
    expect(contents(then)).toEqual(was)
    // The parent's file and a folder beside it with a longer name are outside.
    mkdirSync(`${then}..`)
    writeFileSync(join(`${then}..`, 'c.csv'), 'name\nKim\n')
    expect((await runBatch({ input, screener, out: then, clock })).resumedAt).toBe(5)
    await expect(runBatch({ input: join(`${then}..`, 'c.csv'), screener, out: then, clock })).rejects.toMatchObject({
      code: 'screen/other-batch',
    })
  })
})

describe('an input that changes while it is read', () => {
  const text = `id,name\n${Array.from({ length: 5_000 }, (_, n) => `C-${n},Name ${n}`).join('\n')}\n`

  it.each(['csv', 'jsonl'])('is refused even where size and time are the same (%s)', async (kind) => {
    const path = join(fresh(), 'input')
    const whole = kind === 'csv' ? text : '{"name":"Kim"}\n{"name":"Pak"}\n'
    writeFileSync(path, whole)
    utimesSync(path, 1_000, 1_000)
    const input = await openInput(path)
    writeFileSync(
      path,
      whole.replace(/Name 4999|Pak/, (name) => name.replace(/^../, 'Mo')),
    )
    utimesSync(path, 1_000, 1_000)
    const rows: unknown[] = []
    const reading = (async () => {
      for await (const row of input.rows()) rows.push(row)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'screen/input-changed' })
  })

  it('is refused as Parquet too, which the database reads by itself', async () => {
    const folder = fresh()
    const [path, other] = [join(folder, 'a.parquet'), join(folder, 'b.parquet')]
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    for (const [file, name] of [
      [path, 'Kim'],
      [other, 'Pak'],
    ])
      await connection.run(`COPY (SELECT '${name}' AS name) TO '${file}' (FORMAT parquet)`)
    connection.closeSync()
    instance.closeSync()
    const input = await openInput(path)
    copyFileSync(other, path)
    const reading = (async () => {
      for await (const { refused } of input.rows()) expect(refused).toBe(null)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'screen/input-changed' })
  })

  it('ends the batch, and no row read after the change counts as dealt with', async () => {
    const folder = fresh()
    const [input, out] = [join(folder, 'customers.csv'), join(folder, 'out')]
    writeFileSync(input, text)
    let changed = false
    const progress = ({ done }: { readonly done: number }) => {
      if (done < 3_000 || changed) return
      changed = true
      writeFileSync(input, text.replace('Name 4999', 'Name 1'))
    }
    await expect(runBatch({ input, screener, out, clock, progress })).rejects.toMatchObject({ code: 'screen/input-changed' })
    expect(JSON.parse(readFileSync(join(out, 'checkpoint.json'), 'utf8'))).toMatchObject({ rows: 2_000, done: false })
    // As it was again, the batch is gone on with; the result is that of the file whose hash it bears.
    writeFileSync(input, text)
    expect(await runBatch({ input, screener, out, clock })).toMatchObject({ resumedAt: 2_000, totals: { rows: 5_000, withHits: 1 } })
  })

  it('ends a rescreening too', async () => {
    const folder = fresh()
    const [input, then, out] = [join(folder, 'customers.csv'), join(folder, 'then'), join(folder, 'again')]
    writeFileSync(input, text)
    await runBatch({ input, screener, out: then, clock })
    const before = join(then, 'answers.jsonl')
    const answers = readFileSync(before, 'utf8')
    const progress = ({ done }: { readonly done: number }) =>
      done === 100 && writeFileSync(before, answers.replace('Name 4999', 'Name 4998'))
    await expect(runRescreen({ before, screener, out, clock, progress })).rejects.toMatchObject({ code: 'screen/input-changed' })
    expect(JSON.parse(readFileSync(join(out, 'checkpoint.json'), 'utf8'))).toMatchObject({ rows: 0, done: false })
  })
})

describe('a batch’s lists', () => {
  it('are asked for what they say, not a person of a made-up name; what all answers say is as it was when the batch began', async () => {
    const folder = fresh()
    const [input, out] = [join(folder, 'customers.csv'), join(folder, 'out')]
    writeFileSync(input, 'id,name\n1,Kim\n')
    const asked: string[] = []
    const notes = [
      { code: 'list-stale', text: 'old' },
      { code: 'list-incomplete', text: 'not whole' },
    ] as const
    const own = { code: 'name-changed', text: 'this name alone' } as const
    await runBatch({
      input,
      out,
      clock,
      screener: {
        ...screener,
        notes,
        screen(query, setting) {
          asked.push(query.name)
          return { ...screener.screen(query, setting), notes: [...notes, own] }
        },
      },
    })
    expect(asked).toEqual(['Kim'])
    const { begun } = JSON.parse(readFileSync(join(out, 'checkpoint.json'), 'utf8')) as { begun: unknown }
    expect(begun).toMatchObject({ standing: notes })
    const [line] = readFileSync(join(out, 'answers.jsonl'), 'utf8').split('\n', 1)
    expect(JSON.parse(line as string).asks[0].answer.notes).toEqual([...notes, own])
  })
})

describe('a journal whose folder cannot be flushed', () => {
  it('leaves no file open', async ({ skip }) => {
    if (!existsSync('/proc/self/fd')) skip()
    const folder = fresh()
    const options = { folder, format: 'test', files: ['a', 'b'], identity: {}, begun: null, totals: 0, anew: false }
    const open = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder)
        } catch {
          return false
        }
      })
    await (await Journal.open(options)).close()
    disk.fails = true
    await expect(Journal.open(options)).rejects.toThrow('the disk is gone')
    expect(open()).toEqual([])
    disk.fails = false
    const journal = await Journal.open(options)
    expect(open()).toHaveLength(2)
    await journal.close()
    expect(open()).toEqual([])
  })
})
