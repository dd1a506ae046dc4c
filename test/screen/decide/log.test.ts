import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DecisionRecord, readDecisions, recordDecision, verifyDecisions } from '../../../src/screen/decide/index.ts'
import { decisionNumber, logIn, recordMany, START } from './decisions.ts'
import { folders } from './plain-screener.ts'

const fresh = folders()

async function all(file: string): Promise<DecisionRecord[]> {
  const records: DecisionRecord[] = []
  for await (const record of readDecisions(file)) records.push(record)
  return records
}

describe('the log of decisions', () => {
  it('gives back what was recorded, each record chained to the one before', async () => {
    const log = logIn(fresh())
    await recordMany(log, 8)
    const records = await all(log.file)
    expect(records.map(({ record }) => record)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(records.map(({ decision }) => decision).slice(0, 4)).toEqual(['no-hit', 'false-positive', 'escalated', 'true-match'])
    for (const [at, record] of records.entries()) expect(record.previous).toBe(at === 0 ? null : records[at - 1]?.hash)
    expect(records[1]?.answer.lists[0]?.version).toBe('v1')
    expect(records[1]?.time).toBe(new Date(START + 2000).toISOString())
    const report = await verifyDecisions(log.file)
    expect(report).toMatchObject({ sound: true, records: 8, last: records[7]?.hash, faults: [], torn: null, headBehind: false })
  })

  it('takes appends from several callers at once, one after the other', async () => {
    const log = logIn(fresh())
    await Promise.all(Array.from({ length: 8 }, (_, n) => recordDecision(log, decisionNumber(n))))
    expect(await verifyDecisions(log.file)).toMatchObject({ sound: true, records: 8 })
  })

  it('names the line of any single byte that is changed', async () => {
    const log = logIn(fresh())
    await recordMany(log, 6)
    const good = readFileSync(log.file)
    const lineOf = (at: number) => good.subarray(0, at).toString('latin1').split('\n').length
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: good.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bad = Buffer.from(good)
        bad[at] = ((bad[at] as number) + by) % 256
        writeFileSync(log.file, bad)
        const report = await verifyDecisions(log.file)
        expect(report.sound).toBe(false)
        expect(report.faults[0]?.line).toBe(lineOf(at))
        await expect(all(log.file)).rejects.toMatchObject({ code: 'screen/decisions-corrupt' })
      }),
      { numRuns: 300 },
    )
    writeFileSync(log.file, good)
    expect((await verifyDecisions(log.file)).sound).toBe(true)
  })

  it('finds every line that is taken out, doubled or put in another place, and says which', async () => {
    const log = logIn(fresh())
    await recordMany(log, 6)
    const lines = readFileSync(log.file, 'utf8').trimEnd().split('\n')
    const faultsOf = async (changed: readonly string[]) => {
      writeFileSync(log.file, `${changed.join('\n')}\n`)
      return (await verifyDecisions(log.file)).faults
    }
    for (let gone = 0; gone < 6; gone++) {
      const faults = await faultsOf(lines.toSpliced(gone, 1))
      expect(faults[0]?.what).toContain(`record ${gone + 1} is missing`)
      for (let place = 0; place < 6; place++) {
        if (place === gone) continue
        const moved = lines.toSpliced(gone, 1).toSpliced(place, 0, lines[gone] as string)
        expect((await faultsOf(moved)).length).toBeGreaterThan(0)
      }
      expect((await faultsOf(lines.toSpliced(gone, 0, lines[gone] as string)))[0]).toMatchObject({ line: gone + 2 })
    }
    expect((await faultsOf(lines.slice(0, 3)))[0]?.what).toContain('records 4 to 6 are missing from the end')
  })

  it('finds a record that was rewritten with a hash of its own, unless all behind it and the head are too', async () => {
    const log = logIn(fresh())
    await recordMany(log, 4)
    const other = logIn(fresh())
    await recordMany(other, 1)
    await recordDecision(other, decisionNumber(1, 'another reason'))
    const lines = readFileSync(log.file, 'utf8').split('\n')
    lines[1] = readFileSync(other.file, 'utf8').split('\n')[1] as string
    writeFileSync(log.file, lines.join('\n'))
    const { sound, faults } = await verifyDecisions(log.file)
    expect(sound).toBe(false)
    expect(faults[0]?.what).toContain('line 3 does not follow line 2')
  })

  it('finds a head that is gone or was changed, and a log that is gone', async () => {
    const log = logIn(fresh())
    await recordMany(log, 3)
    const head = readFileSync(`${log.file}.head`, 'utf8')
    for (const bad of [
      head.replace('"records":3', '"records":2'),
      head.replace('"records":3', '"records":4'),
      head.slice(1),
      '',
      head.replace(/[0-9a-f]{8}/, '00000000'),
    ]) {
      writeFileSync(`${log.file}.head`, bad)
      expect((await verifyDecisions(log.file)).sound).toBe(false)
      await expect(recordDecision(log, decisionNumber(1))).rejects.toMatchObject({ code: 'screen/decisions-corrupt' })
    }
    rmSync(`${log.file}.head`)
    expect((await verifyDecisions(log.file)).faults[0]?.what).toBe('the head is missing')
    writeFileSync(`${log.file}.head`, head)
    rmSync(log.file)
    expect((await verifyDecisions(log.file)).sound).toBe(false)
    await expect(all(log.file)).rejects.toMatchObject({ code: 'screen/decisions-corrupt' })
    expect((await verifyDecisions(join(fresh(), 'none.jsonl'))).faults[0]?.what).toBe('there is no such file')
  })

  it('does not append to a log whose last line was changed', async () => {
    const log = logIn(fresh())
    await recordMany(log, 2)
    const text = readFileSync(log.file, 'utf8')
    for (const bad of [
      text.replace(/looked at it, 1/, 'looked at it, 9'),
      `${text.slice(0, -1)} `,
      text.slice(0, -1),
      text.slice(0, -40),
    ]) {
      writeFileSync(log.file, bad)
      await expect(recordDecision(log, decisionNumber(2))).rejects.toMatchObject({ code: 'screen/decisions-corrupt' })
      expect(readFileSync(log.file, 'utf8')).toBe(bad)
      expect((await verifyDecisions(log.file)).faults[0]?.line).toBe(2)
    }
  })

  it('sets a torn end aside, byte for byte, and says so in the next record', async () => {
    const log = logIn(fresh())
    await recordMany(log, 2)
    appendFileSync(log.file, '{"answer":{"at":"2026\u0000\ufffd')
    expect(await verifyDecisions(log.file)).toMatchObject({ sound: true, records: 2, torn: { line: 3 } })
    expect(await all(log.file)).toHaveLength(2)
    const record = await recordDecision(log, decisionNumber(2))
    expect(record).toMatchObject({ record: 3, setAside: { bytes: Buffer.byteLength('{"answer":{"at":"2026\u0000\ufffd') } })
    const kept = readdirSync(dirname(log.file)).filter((name) => name.includes('.torn-'))
    expect(kept).toEqual([record.setAside?.file])
    expect(readFileSync(join(dirname(log.file), kept[0] as string), 'utf8')).toBe('{"answer":{"at":"2026\u0000\ufffd')
    expect(await verifyDecisions(log.file)).toMatchObject({ sound: true, records: 3, torn: null })
  })

  it('keeps a clock that was set back a little from undoing the order of times, and refuses one that is far behind', async () => {
    const { file } = logIn(fresh())
    await recordDecision({ file, clock: () => START }, decisionNumber(0))
    expect((await recordDecision({ file, clock: () => START - 60_000 }, decisionNumber(1))).time).toBe(new Date(START).toISOString())
    await expect(recordDecision({ file, clock: () => START - 3_600_000 }, decisionNumber(1))).rejects.toMatchObject({
      code: 'screen/clock-behind',
    })
  })

  it('keeps lone surrogates, right-to-left overrides and ten thousand letters as they were', async () => {
    const log = logIn(fresh())
    for (const reason of ['\ud800 alone', 'a\u202eb', `${'가'.repeat(9_999)}`]) await recordDecision(log, decisionNumber(1, reason))
    expect((await all(log.file)).map(({ reason }) => reason)).toEqual(['\ud800 alone', 'a\u202eb', `${'가'.repeat(9_999)}`])
    expect((await verifyDecisions(log.file)).sound).toBe(true)
  })
})

/** What an append can leave when it is killed, and what a person may do in between. */
type Step = 'record' | 'torn' | 'head-behind' | 'torn-new-log' | 'read'

describe('however appends and kills follow each other', () => {
  it('what was acknowledged is there in order, and what was torn lies beside', async () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom<Step>('record', 'record', 'torn', 'head-behind', 'torn-new-log', 'read'), fc.nat(999)),
      { maxLength: 14 },
    )
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const log = logIn(fresh())
        const expected: string[] = []
        let torn = 0
        for (const [step, n] of sequence) {
          // An append brings the head up before it writes, so that it never lags by two.
          if (step !== 'read' && existsSync(log.file) && (await verifyDecisions(log.file)).headBehind)
            expected.push((await recordDecision(log, decisionNumber(n))).hash)
          if (step === 'record') expected.push((await recordDecision(log, decisionNumber(n))).hash)
          if (step === 'torn' || step === 'torn-new-log') {
            if (step === 'torn-new-log' && existsSync(log.file)) continue
            const headBefore = existsSync(`${log.file}.head`) ? readFileSync(`${log.file}.head`) : null
            // Where the line begins: what an earlier kill left behind it is set aside first.
            const before = headBefore === null ? 0 : (JSON.parse(headBefore.toString()) as { bytes: number }).bytes
            // An append that was killed in the middle of its line: the line is cut, the head is as before.
            await recordDecision(log, decisionNumber(n))
            const after = readFileSync(log.file).length
            truncateSync(log.file, before + 1 + (n % (after - before - 1)))
            if (headBefore === null) rmSync(`${log.file}.head`)
            else writeFileSync(`${log.file}.head`, headBefore)
            torn++
          }
          if (step === 'head-behind') {
            const headBefore = existsSync(`${log.file}.head`) ? readFileSync(`${log.file}.head`) : null
            expected.push((await recordDecision(log, decisionNumber(n))).hash)
            if (headBefore === null) rmSync(`${log.file}.head`)
            else writeFileSync(`${log.file}.head`, headBefore)
          }
          if (step === 'read') expect((await all(log.file)).map(({ hash }) => hash)).toEqual(expected)
          if (existsSync(log.file)) expect(await verifyDecisions(log.file)).toMatchObject({ sound: true, records: expected.length })
        }
        const records = await all(log.file)
        expect(records.map(({ hash }) => hash)).toEqual(expected)
        const told = records.filter(({ setAside }) => setAside !== null).length
        const pending = existsSync(log.file) && (await verifyDecisions(log.file)).torn !== null ? 1 : 0
        // Two torn appends in a row: the second sets the first aside, and is torn itself. Its record is gone, but the bytes are not.
        const beside = readdirSync(dirname(log.file)).filter((name) => name.includes('.torn-')).length
        expect(beside + pending).toBeGreaterThanOrEqual(Math.min(torn, 1))
        expect(told).toBeLessThanOrEqual(beside)
      }),
      { numRuns: 40 },
    )
  }, 120_000)

  it('twenty kills lose no decision that was acknowledged', { timeout: 120_000 }, async () => {
    const { file } = logIn(fresh())
    const acknowledged = new Map<number, string>()
    let torn = 0
    for (let kill = 0; kill < 20; kill++) {
      for (const [record, hash] of await killed(file, 3 + ((kill * 37) % 120))) acknowledged.set(record, hash)
      const report = await verifyDecisions(file)
      if (existsSync(file)) expect(report.faults).toEqual([])
      if (report.torn !== null) torn++
    }
    await recordDecision({ file, clock: Date.now }, decisionNumber(1))
    const records = await all(file)
    for (const [record, hash] of acknowledged) expect(records[record - 1]?.hash).toBe(hash)
    // At most one a kill was on disk without being acknowledged.
    expect(records.length - 1 - acknowledged.size).toBeLessThanOrEqual(20)
    expect(acknowledged.size).toBeGreaterThan(20)
    const beside = readdirSync(dirname(file)).filter((name) => name.includes('.torn-')).length
    expect(beside).toBeGreaterThanOrEqual(torn === 0 ? 0 : 1)
  })
})

/** Records until it is killed, `wait` milliseconds after it began; what it acknowledged. */
async function killed(file: string, wait: number): Promise<readonly (readonly [number, string])[]> {
  const loop = fileURLToPath(new URL('record-loop.ts', import.meta.url))
  const child = spawn(process.execPath, [loop, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (bytes: Buffer) => {
      told += bytes.toString()
      resolve()
    })
    child.once('exit', () => reject(new Error('it ended by itself')))
  })
  await new Promise((resolve) => setTimeout(resolve, wait))
  const gone = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGKILL')
  await gone
  return [...told.matchAll(/^(\d+) ([0-9a-f]{64})$/gm)].map(([, record, hash]) => [Number(record), hash as string] as const)
}
