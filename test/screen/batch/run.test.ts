import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BatchScreener } from '../../../src/screen/batch/as-of.ts'
import { type AnsweredSubject, type BatchOptions, runBatch } from '../../../src/screen/batch/index.ts'
import { dataHash, type Suppressor } from '../../../src/screen/decide/index.ts'
import { folders, person } from '../decide/plain-screener.ts'
import { plainScreener } from './batch-screener.ts'

const fresh = folders()
const NOW = Date.parse('2026-01-05T10:00:00.000Z')
const entries = [
  person('7', 'KIM Yong Chol', { programmes: ['DPRK3'] }),
  person('8', '=cmd|calc, evil', {}),
  person('9', 'LAZARUS GROUP', { wallets: [{ asset: 'ETH', address: '0xAB' }] }),
  person('10', 'JIN TENG', {
    kind: 'vessel',
    identifiers: [{ kind: 'imo-ship', value: '9163154', country: null, issued: null, expires: null, note: null }],
  }),
]
const screener = plainScreener(entries, 'v1', () => NOW)

async function batch(text: string, more: Partial<BatchOptions> = {}) {
  const folder = fresh()
  const input = join(folder, 'customers.csv')
  writeFileSync(input, text)
  const out = more.out ?? join(folder, 'results')
  const report = await runBatch({ input, screener, clock: () => NOW, ...more, out })
  const read = (name: string) => readFileSync(join(out, name), 'utf8')
  const jsonLines = (name: string) =>
    read(name)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  return {
    input,
    out,
    report,
    answers: jsonLines('answers.jsonl') as AnsweredSubject[],
    refused: jsonLines('refused.jsonl'),
    summary: read('summary.csv').split('\r\n').slice(0, -1),
  }
}

const CUSTOMERS =
  'id,name,dob,wallet,imo\n1,Kim Yong Chol,,,\n2,Somebody Else,1990-02-31,0xef,\n3,,,0xab,\n4,Jin Teng,,,IMO 9163154\n5,,,,\n6,"Bad\n7,=cmd|calc evil,,,\n'

describe('a batch', () => {
  it('asks names, wallets and ships, and answers each row in full', async () => {
    const { report, answers } = await batch(CUSTOMERS)
    expect(
      answers.map(({ customer, line, asks }) => [
        customer,
        line,
        asks.map(({ ask, answer }) => [ask.about, answer.hits.map(({ entry }) => entry)]),
      ]),
    ).toEqual([
      ['1', 2, [['name', ['7']]]],
      [
        '2',
        3,
        [
          ['name', []],
          ['wallet', []],
        ],
      ],
      ['3', 4, [['wallet', ['9']]]],
      [
        '4',
        5,
        [
          ['name', ['10']],
          ['vessel', ['10']],
        ],
      ],
      ['7', 8, [['name', ['8']]]],
    ])
    expect(answers[0]?.asks[0]?.answer).toEqual({
      ...screener.screen(answers[0]?.asks[0]?.answer.query as never),
      at: '2026-01-05T10:00:00.000Z',
    })
    expect(report.totals).toEqual({
      rows: 7,
      subjects: 5,
      asks: 7,
      hits: 5,
      alerts: 5,
      suppressed: 0,
      withHits: 4,
      clean: 1,
      incomplete: 0,
      refusedRows: 2,
      refusedFields: 1,
      refusedAsks: 0,
      unused: [],
    })
  })

  it('sums up with a row per hit, and for everybody else on which lists nothing was found; never a formula', async () => {
    const { summary } = await batch(CUSTOMERS)
    expect(summary).toHaveLength(1 + 5 + 1 + 2)
    expect(summary[1]).toMatch(
      /^1,2,1,,name,Kim Yong Chol,potential-match,test-list,v1,7,person,KIM Yong Chol,KIM Yong Chol,0\.85,0\.85,100,true,,DPRK3,same,/,
    )
    expect(summary[2]).toBe(
      '2,3,2,,name wallet,Somebody Else; 0xef,no-potential-match,,,,,,,,,,,,,,,"no potential match on test-list v1 as of 2026-01-05T10:00:00.000Z; not compared: dob is no date that exists, or could be read in two ways"',
    )
    expect(summary.filter((line) => line.includes(',refused,')).map((line) => line.split(',').slice(0, 2))).toEqual([
      ['5', '6'],
      ['6', '7'],
    ])
    expect(summary.find((line) => line.startsWith('7,'))).toContain(`"'=cmd|calc, evil"`)
    for (const line of summary) expect(line).not.toMatch(/(^|,)"?[=+@-]/)
  })

  it('tells each row, field and question that was not looked at, with file, line, field and reason', async () => {
    const { refused, answers, report, summary } = await batch(`${CUSTOMERS}8,${'A'.repeat(2000)},,0xab,\n9,${'B'.repeat(2000)},,,\n`)
    expect(refused).toMatchObject([
      { file: 'customers.csv', line: 3, record: 2, what: 'field', customer: '2', field: 'dob', text: '1990-02-31' },
      { line: 6, record: 5, what: 'row', customer: null, reason: "names nobody: no name, paper, ship's number or wallet" },
      { line: 7, record: 6, what: 'row', reason: 'quote never closed', text: '6,"Bad' },
      { line: 9, what: 'question', customer: '8', field: 'name', reason: 'the name has 2000 characters (screen/name-too-long)' },
      { line: 10, what: 'question', customer: '9' },
    ])
    // One question refused does not stop the others, and nobody reads "no potential match" of who was not looked for.
    expect(answers.at(-2)).toMatchObject({ asks: [{ ask: { about: 'wallet' } }], refused: [{ code: 'screen/name-too-long' }] })
    expect(report.totals).toMatchObject({ refusedAsks: 2, incomplete: 1 })
    expect(summary.at(-1)).toMatch(/,incomplete,.*not wholly screened; not looked for: name/)
  })

  it('does not call a wallet clean that is no address', async () => {
    const faulty: BatchScreener = {
      ...screener,
      wallet: (...given) => ({ ...screener.wallet(...given), notes: [{ code: 'wallet-fault', text: 'wrong checksum' }] }),
    }
    const { summary, report } = await batch('id,wallet\n1,0xzz\n2,0xab\n', { screener: faulty })
    expect(summary[1]).toMatch(/^1,2,1,,wallet,0xzz,incomplete,.*not looked at: wrong checksum \(wallet-fault\)/)
    expect(report.totals).toMatchObject({ incomplete: 1, withHits: 1, clean: 0 })
  })

  it('holds back what decisions hold back, and counts it', async () => {
    const ask = (await batch('id,name\nC-1,Kim Yong Chol\n')).answers[0]?.asks[0]?.ask
    const suppression = {
      customer: 'C-1',
      data: dataHash(ask as never),
      list: 'test-list',
      entry: '7',
      hash: screener.entryHash('test-list', '7') as string,
      record: 1,
      time: '2026-01-01T00:00:00.000Z',
      by: 'a',
      second: null,
      reason: 'no',
      expires: null,
      secondFrom: 0.9,
    }
    const suppress: Suppressor = { version: 'abc', suppressions: new Map([['C-1', [suppression]]]) }
    const { report, answers } = await batch('id,name\nC-1,Kim Yong Chol\nC-2,Kim Yong Chol\n', { suppress })
    expect(answers.map(({ asks }) => asks[0]?.answer.hits[0]?.held)).toEqual(['suppressed', null])
    expect(report.totals).toMatchObject({ hits: 2, alerts: 1, suppressed: 1 })
  })

  it('that is finished is not repeated: the same call gives the same report and the same bytes', async () => {
    const first = await batch(CUSTOMERS)
    const before = readdirSync(first.out).map((name) => readFileSync(join(first.out, name), 'utf8'))
    const calls: string[] = []
    const watched: BatchScreener = {
      ...screener,
      wallet(...given) {
        calls.push('wallet')
        return screener.wallet(...given)
      },
    }
    const again = await runBatch({ input: first.input, screener: watched, out: first.out, clock: () => NOW + 86_400_000 })
    expect({ ...again, resumedAt: 0 }).toEqual(first.report)
    expect(calls).toEqual([])
    expect(
      readdirSync(first.out)
        .map((name) => readFileSync(join(first.out, name), 'utf8'))
        .filter((text) => text !== 'free\n'),
    ).toEqual(before.filter((text) => text !== 'free\n'))
  })

  it('with another input, list version, matcher, setting, mapping or decisions does not go on with it, unless begun anew', async () => {
    const { input, out } = await batch(CUSTOMERS)
    const go = (more: Partial<BatchOptions>) => runBatch({ input, screener, out, clock: () => NOW, ...more })
    const others: readonly Partial<BatchOptions>[] = [
      { screener: plainScreener(entries, 'v2') },
      { screener: plainScreener(entries, 'v1', () => NOW, 2) },
      { setting: { alert: 0.9 } },
      { map: { name: ['name'] } },
      { suppress: { version: 'abc', suppressions: new Map() } },
    ]
    for (const more of others) await expect(go(more)).rejects.toMatchObject({ code: 'screen/other-batch' })
    await expect(go({ screener: plainScreener(entries, 'v2') })).rejects.toThrow(
      /lists was \[\{"list":"test-list","version":"v1"\}\] and is \[\{"list":"test-list","version":"v2"\}\]/,
    )
    appendFileSync(input, '8,Kim Yong Chol,,,\n')
    await expect(go({})).rejects.toThrow(/input was/)
    expect((await go({ anew: true })).totals.rows).toBe(8)
  })

  it('does not write into a folder with other things, nor over output that somebody changed', async () => {
    const folder = fresh()
    writeFileSync(join(folder, 'mine.txt'), 'keep')
    await expect(batch(CUSTOMERS, { out: folder })).rejects.toMatchObject({ code: 'screen/not-empty' })
    expect(readdirSync(folder).filter((name) => !name.startsWith('lock-'))).toEqual(['mine.txt'])
    const { input, out } = await batch(CUSTOMERS)
    const summary = readFileSync(join(out, 'summary.csv'), 'utf8')
    for (const bad of [summary.replace('Kim', 'Kin'), summary.slice(0, -2), `${summary}x`]) {
      writeFileSync(join(out, 'summary.csv'), bad)
      await expect(runBatch({ input, screener, out, clock: () => NOW })).rejects.toMatchObject({ code: 'screen/batch-changed' })
      expect(readFileSync(join(out, 'summary.csv'), 'utf8')).toBe(bad)
    }
    writeFileSync(join(out, 'checkpoint.json'), '{}')
    await expect(runBatch({ input, screener, out, clock: () => NOW })).rejects.toMatchObject({ code: 'screen/batch-changed' })
  })

  it('without a list, or of a file that is not there, is refused and leaves nothing', async () => {
    const out = join(fresh(), 'results')
    await expect(batch(CUSTOMERS, { screener: plainScreener([]), out })).rejects.toMatchObject({ code: 'screen/no-lists' })
    await expect(runBatch({ input: '/nowhere.csv', screener, out, clock: () => NOW })).rejects.toMatchObject({
      code: 'screen/not-readable',
    })
    expect(existsSync(out)).toBe(false)
  })

  it('stopped by its caller, goes on where it was; two at once do not write to one folder', async () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => `${n},Name ${n},,,`).join('\n')
    const whole = await batch(`id,name,dob,wallet,imo\n${rows}\n`)
    const out = join(fresh(), 'results')
    const stop = new AbortController()
    const begun = Promise.withResolvers<void>()
    const progress = ({ done }: { readonly done: number }) => {
      begun.resolve()
      if (done >= 2_500) stop.abort()
    }
    const running = runBatch({ input: whole.input, screener, out, clock: () => NOW, signal: stop.signal, progress })
    running.catch(() => undefined)
    await begun.promise
    await expect(runBatch({ input: whole.input, screener, out, clock: () => NOW })).rejects.toMatchObject({ code: 'screen/in-use' })
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    const report = await runBatch({ input: whole.input, screener, out, clock: () => NOW + 9 })
    expect(report.resumedAt).toBeGreaterThan(2_000)
    expect({ ...report, resumedAt: 0 }).toEqual(whole.report)
    for (const name of ['answers.jsonl', 'summary.csv', 'refused.jsonl', 'checkpoint.json'])
      expect(readFileSync(join(out, name)).equals(readFileSync(join(whole.out, name))), name).toBe(true)
  })

  it('a row of ten megabytes is refused or answered, and those behind it are screened', async () => {
    const { report, answers } = await batch(`id,name\n1,${'가'.repeat(3_500_000)}\n2,Kim Yong Chol\n`)
    expect(report.totals).toMatchObject({ rows: 2, refusedAsks: 1, withHits: 1 })
    expect(answers[1]?.asks[0]?.answer.hits).toHaveLength(1)
    expect(readFileSync(join((await batch('id,name\n1,a\n')).out, 'summary.csv')).length).toBeLessThan(2_000)
  })

  it('whatever the rows hold, each is answered or refused, and has a line in the summary', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('Kim Yong Chol', '0xab', '9163154', '', '"', '"a', 'a\nb', '=1+1', '1990-02-31'),
    )
    const input = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(input, async (rows) => {
        const text = `id,name,dob,wallet,imo\n${rows.map((row) => row.join(',')).join('\n')}\n`
        const { report, answers, refused, summary } = await batch(text)
        const seen = new Set([
          ...answers.map(({ record }) => record),
          ...refused.filter(({ what }) => what === 'row').map(({ record }) => record),
        ])
        expect(seen.size).toBe(report.totals.rows)
        expect(report.totals.subjects + report.totals.refusedRows).toBe(report.totals.rows)
        expect(summary.length).toBeGreaterThanOrEqual(1 + report.totals.rows)
        expect(report.totals.withHits + report.totals.clean + report.totals.incomplete).toBe(report.totals.subjects)
      }),
      { numRuns: 60 },
    )
  })
})
