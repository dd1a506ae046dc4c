import { describe, expect, it } from 'vitest'
import { csvRows } from '../../../src/screen/batch/csv.ts'
import { ivmsSubjects } from '../../../src/screen/batch/index.ts'
import { explainReason, fill } from '../../../src/screen/words/explain.ts'
import { folders } from '../decide/plain-screener.ts'
import { rowsOf } from './rows.ts'

const fresh = folders()
const told = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
  rows.map(({ line, subjects, refused }) => [line, subjects[0]?.customer ?? null, refused?.reason ?? null])

/** A CSV that is never on disk, and how much of it was taken so far. */
function madeUp(parts: () => Iterable<string>) {
  const taken = { bytes: 0 }
  const [first = ''] = parts()
  const file = {
    path: '',
    name: 'made-up.csv',
    bytes: 0,
    head: Buffer.from(first).subarray(0, 65_536),
    async *open() {
      for (const part of parts()) {
        const bytes = Buffer.from(part)
        taken.bytes += bytes.length
        yield bytes
      }
    },
  }
  return { file, taken }
}

describe('one row does not end a batch', () => {
  it('a word that every object has is no kind, no sex and no rule', async () => {
    const words = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf']
    const rows = await rowsOf(fresh(), `name,type,gender\n${words.map((word) => `Kim,${word},${word}`).join('\n')}\n`)
    expect(rows).toHaveLength(words.length)
    for (const { subjects } of rows) {
      expect(subjects[0]?.asks).toMatchObject([{ query: { kind: null, sex: null } }])
      expect(subjects[0]?.faults.map(({ field }) => field)).toEqual(['type', 'gender'])
    }
    for (const rule of words) {
      const reason = { about: 'name', rule, query: 'a', listed: 'b', effect: 'agrees', weight: 1 } as never
      // Every function has a name: `name` as a language would show that of a method of all objects.
      for (const language of ['en', 'name'] as const) expect(explainReason(reason, language as 'en')).toBe(`${rule}: a / b`)
    }
    expect(fill('{constructor} {q}', { q: 'a' })).toBe('{constructor} a')
  })

  it('a NUL byte refuses its row alone', async () => {
    const rows = await rowsOf(fresh(), 'id,name\n1,Kim\n2,P\u0000k\n3,"R\n\u0000i"\n4,Han\n')
    expect(told(rows)).toEqual([
      [2, '1', null],
      [3, null, 'has NUL bytes, as UTF-16 or a broken disk would'],
      [4, null, 'has NUL bytes, as UTF-16 or a broken disk would'],
      [6, '4', null],
    ])
  })

  it('a header in UTF-16 is told as such', async () => {
    const text = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('id,name\n1,Kim\n', 'utf16le')])
    await expect(rowsOf(fresh(), text)).rejects.toMatchObject({ code: 'screen/no-columns', message: expect.stringContaining('UTF-16') })
  })

  it('a stray quote behind which one line alone is no UTF-8 loses only the two', async () => {
    const text = Buffer.concat([Buffer.from('id,name\n1,"Kim\n2,'), Buffer.from([0xff]), Buffer.from('\n3,Han\n')])
    expect(told(await rowsOf(fresh(), text))).toEqual([
      [2, null, 'quote never closed'],
      [3, null, 'is no UTF-8'],
      [4, '3', null],
    ])
  })

  it('quoted fields over several lines, with CRLF, doubled quotes and tabs between, are one row', async () => {
    const rows = await rowsOf(fresh(), '\ufeffid\tname\tnote\r\n1\t"Kim ""Y""\r\n\r\nChol"\t\r\n\r\n2\tPak\t"a\nb"\r\n\u001a')
    expect(told(rows)).toEqual([
      [2, '1', null],
      [6, '2', null],
    ])
    expect(rows[0]?.subjects[0]?.asks).toMatchObject([{ query: { name: 'Kim "Y"\r\n\r\nChol' } }])
  })

  it('a stray quote with eighty megabytes behind it costs its own row, and never more than a few megabytes are held', async () => {
    const lines = 8_000
    const note = 'n'.repeat(10_000)
    const { file, taken } = madeUp(function* () {
      yield 'id,name,note\n'
      yield '0,"stray,\n'
      for (let n = 1; n <= lines; n++) yield `${n},Name ${n},${note}\n`
    })
    let [given, rows, held, customers] = [0, 0, 0, 0]
    for await (const { subjects, refused } of csvRows(file, {})) {
      rows++
      held = Math.max(held, taken.bytes - given)
      given += subjects.length * note.length
      customers += subjects.length
      if (refused !== null) expect(rows).toBe(1)
    }
    expect(taken.bytes).toBeGreaterThan(80_000_000)
    expect([rows, customers]).toEqual([lines + 1, lines])
    expect(held).toBeLessThan(6_000_000)
  })

  it('a payment with a property in two spellings and two hundred thousand values is read', () => {
    const many = Array.from({ length: 200_000 }, (_, n) => `0x${n}`)
    const { subjects } = ivmsSubjects({ originator: { accountNumber: ['0xab'], account_numbers: many } })
    expect(subjects[0]?.asks).toHaveLength(200_001)
  })

  it('of VASPs and intermediaries too, more than a thousand are cut, and it says so', () => {
    const vasps = Array.from({ length: 1_500 }, (_, n) => ({
      legalPerson: { name: { nameIdentifier: [{ legalPersonName: `VASP ${n}` }] } },
    }))
    const { subjects } = ivmsSubjects({
      originatingVASP: { originatingVASP: vasps },
      beneficiaryVASP: { beneficiaryVASP: vasps },
      transferPath: { transferPath: vasps.map((vasp) => ({ intermediaryVASP: vasp })) },
    })
    expect(subjects).toHaveLength(3_000)
    expect(subjects.flatMap(({ role, faults }) => faults.map(({ field, reason }) => [role, field, reason]))).toEqual(
      [
        ['originating VASP', 'originatingVASP'],
        ['beneficiary VASP', 'beneficiaryVASP'],
        ['intermediary VASP', 'transferPath'],
      ].map((of) => [...of, '500 further persons were not looked at; no payment has more than 1000']),
    )
  })

  it('blanks, and a property’s name of a megabyte, take no time', async () => {
    const begun = performance.now()
    const blanks = await rowsOf(fresh(), `{"a":${' '.repeat(60_000)}x\n{"name":"Kim"}\n`)
    expect(blanks.map(({ refused }) => refused === null)).toEqual([false, true])
    const document = await rowsOf(fresh(), `{"aliases": [${' '.repeat(60_000)}\r\n"Gim"], "name": "Kim"}\n`)
    expect(document).toMatchObject([{ line: null, subjects: [{ asks: [{ query: { name: 'Kim', otherNames: ['Gim'] } }] }] }])
    const long = await rowsOf(fresh(), `{"name":"Kim","${'s'.repeat(1_000_000)}x":1}\n`)
    expect(long[0]?.subjects).toHaveLength(1)
    // Quadratic, the first alone took ten seconds, the last an hour.
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})
