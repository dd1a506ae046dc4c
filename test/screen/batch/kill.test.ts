import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runBatch } from '../../../src/screen/batch/index.ts'
import { folders } from '../decide/plain-screener.ts'
import { NOW, slowScreener } from './slow.ts'

const fresh = folders()
const FILES = ['answers.jsonl', 'summary.csv', 'refused.jsonl', 'checkpoint.json']

/** Runs a batch in a process of its own and kills it when it has told `times` times that it dealt with a hundred rows, and some milliseconds more; true where it was finished before. */
async function killed(input: string, out: string, times: number, wait: number): Promise<boolean> {
  const program = fileURLToPath(new URL('batch-once.ts', import.meta.url))
  const child = spawn(process.execPath, [program, input, out, String(wait)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  const gone = new Promise((resolve) => child.once('close', resolve))
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (bytes: Buffer) => {
      told += bytes.toString()
      if (told.split('\n').length > times) resolve()
    })
    child.once('close', () => resolve())
  })
  await new Promise((resolve) => setTimeout(resolve, wait))
  child.kill('SIGKILL')
  await gone
  return told.includes('done')
}

describe('a batch that is killed at any moment', () => {
  it('and gone on with gives the same bytes as one that was not, ten kills and more', { timeout: 180_000 }, async () => {
    const folder = fresh()
    const input = join(folder, 'customers.csv')
    const rows = Array.from({ length: 60_000 }, (_, n) =>
      n % 997 === 0
        ? `${n},"stray`
        : `${n},Customer Number ${n},${n % 501 === 0 ? '1990-02-31' : '1990-02-28'},${n % 3 === 0 ? '0xab' : ''}`,
    )
    writeFileSync(input, `id,name,dob,wallet\n${rows.join('\n')}\n`)
    const whole = join(folder, 'whole')
    await runBatch({ input, screener: slowScreener('the list is 0 ns old'), out: whole, clock: () => NOW })
    const out = join(folder, 'killed')
    let kills = 0
    const reached: number[] = []
    // Rows rather than time: how many rows a busy machine deals with in a tenth of a second, nobody knows.
    while (kills < 12 && !(await killed(input, out, 1 + ((kills * 17) % 41), (kills * 53) % 60))) {
      kills++
      if (existsSync(join(out, 'checkpoint.json')))
        reached.push((JSON.parse(readFileSync(join(out, 'checkpoint.json'), 'utf8')) as { rows: number }).rows)
    }
    expect(kills).toBeGreaterThanOrEqual(10)
    // It did get on, and was killed in the middle.
    expect(reached.at(-1)).toBeGreaterThan(2_000)
    expect(reached.some((rows) => rows < 60_000)).toBe(true)
    await runBatch({ input, screener: slowScreener(), out, clock: () => NOW + 5_000 })
    // The one that was killed began at another moment, and its first process had another age of the list to tell.
    const [first] = readFileSync(join(out, 'answers.jsonl'), 'utf8').split('\n', 1)
    const { at, notes } = (JSON.parse(first as string) as { asks: { answer: { at: string; notes: { text: string }[] } }[] }).asks[0]!.answer
    for (const name of FILES) {
      const text = readFileSync(join(out, name), 'utf8')
        .replaceAll(at, new Date(NOW).toISOString())
        .replaceAll(notes[0]!.text, 'the list is 0 ns old')
      const expected = readFileSync(join(whole, name), 'utf8')
      const plain = (value: string) => (name === 'checkpoint.json' ? value.replaceAll(/"(sha256|bytes)":("[0-9a-f]{64}"|\d+)/g, '') : value)
      expect(plain(text) === plain(expected), name).toBe(true)
    }
  })
})
