import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadRegister, type Register } from '../../src/cases/index.ts'
import { readSeeds } from '../../src/trace/index.ts'
import { changed, SMALL } from '../cases/heists/small.ts'
import { cordon } from './terminal.ts'

let folder: string
let small: string
let register: Register
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordon-heists-'))
  small = join(folder, 'small.yaml')
  await writeFile(small, SMALL)
  register = await loadRegister()
})
afterAll(() => rm(folder, { recursive: true }))

describe('cordon heists', () => {
  it.each(['list', 'show', 'account'])('explains %s with examples', async (name) => {
    const { exit, out, err } = await cordon('heists', name, '--help')
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(out).toContain(`Examples:\n  $ cordon heists ${name}`)
  })

  it('lists thefts with what they were worth and how firmly they are attributed', async () => {
    const { exit, out } = await cordon('heists', 'list', '--register', small)
    expect(exit).toBe(0)
    expect(out).toMatch(/2023-01-02 +first +First Exchange +\$900 to \$1,000\.25 +official/)
    expect(out).toMatch(/2024-03 +second +Second Bridge +\$500 +attribution only suspected/)
    expect(out).toMatch(/2 thefts of 2\. Register of 2026-11-25, SHA-256 [0-9a-f]{64}\.\n$/)
    expect((await cordon('heists', 'list', '--register', small, '--year', '1999')).out).toMatch(/^0 thefts of 2\./)
    const { heists } = JSON.parse((await cordon('heists', 'list', '--year', '2022', '--attributed-by', 'FBI', '--json')).out)
    expect(heists.map(({ id }: { id: string }) => id)).toContain('ronin-2022')
    expect(heists[0].usd[0].cents).toMatch(/^\d+$/)
  })

  it('shows who claims what of a theft, and from which source', async () => {
    const { out } = await cordon('heists', 'show', 'first', '--register', small)
    expect(out).toContain('  value        FBI: It was worth about $1,000.25 at the time. [Release]')
    expect(out).toContain('  attribution  FBI (confirmed, 2024-05): It was done by actors of the DPRK. [Release]')
    const value = JSON.parse((await cordon('heists', 'show', 'ronin-2022', '--json')).out)
    expect(value).toMatchObject({ id: 'ronin-2022', register: register.digest, standing: 'official' })
  })

  it('writes the seeds of a theft as a trace reads them', async () => {
    const { out } = await cordon('heists', 'show', 'ronin-2022', '--seeds', 'eip155:1')
    const { seeds } = JSON.parse((await cordon('heists', 'show', 'ronin-2022', '--seeds', '--json')).out)
    expect(readSeeds(out, 'seeds')).toEqual(seeds)
    expect(out).toContain(`# register of heists, SHA-256 ${register.digest}`)
  })

  it('adds up by year, and names the record years', async () => {
    const { out } = await cordon('heists', 'account', '--register', small)
    expect(out).toMatch(/2023 +1 +\$900 +- +- +\$150/)
    expect(out).toContain('the register, lowest claims: 2023, $900')
    const { account } = JSON.parse(
      (await cordon('heists', 'account', '--policy', 'publisher', '--by', 'FBI', '--register', small, '--year', '2023', '--json')).out,
    )
    expect(account).toMatchObject({
      basis: { kind: 'publisher', by: 'FBI' },
      total: { heists: 1, sums: { stolen: '100025', frozen: '10000' } },
    })
  })

  it.each([
    [['show', 'nobody'], 2, 'cases/no-such-heist'],
    [['show', 'second', '--seeds', 'eip155:10'], 2, 'cases/no-seeds'],
    [['show', 'first', '--seeds'], 2, 'cases/no-seeds'],
    [['account', '--policy', 'publisher'], 2, 'cases/bad-basis'],
    [['account', '--by', 'FBI'], 2, 'cases/bad-basis'],
  ])('refuses %j', async (args, exit, code) => {
    const answer = await cordon('heists', ...args, '--register', small, '--json')
    expect([answer.exit, JSON.parse(answer.err).error.code]).toEqual([exit, code])
  })

  it('refuses a register that is wrong, with the line', async () => {
    const bad = join(folder, 'bad.yaml')
    await writeFile(bad, changed('kind: exchange', 'kind: shop'))
    const { exit, err } = await cordon('heists', 'list', '--register', bad, '--json')
    expect([exit, JSON.parse(err).error]).toEqual([
      3,
      expect.objectContaining({ code: 'cases/bad-heists', place: expect.objectContaining({ line: 22 }) }),
    ])
  })
})

describe('the page docs/cli.md', () => {
  it('explains every option of heists', async () => {
    const text = await readFile(new URL('../../docs/cli.md', import.meta.url), 'utf8')
    for (const name of ['list', 'show', 'account']) {
      const { out } = await cordon('heists', name, '--help')
      for (const [, option] of out.matchAll(/^ {2}(--(?!json)[a-z-]+)/gm)) expect(text, `${name} ${option}`).toContain(option as string)
    }
  })
})
