import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { CordonError } from '../../../src/chain/index.ts'
import type { Session } from '../../../src/cli/command.ts'
import { listsDiff } from '../../../src/cli/commands/lists-diff.ts'
import { listsHistory } from '../../../src/cli/commands/lists-history.ts'
import { listsImport } from '../../../src/cli/commands/lists-import.ts'
import { listsStatus } from '../../../src/cli/commands/lists-status.ts'
import { stores } from './places.ts'

const place = stores()

/** Runs a command of `cordon lists` by itself. */
async function lists(...args: string[]): Promise<{ readonly exit: number; readonly out: string; readonly error: unknown }> {
  let out = ''
  const terminal = {
    out: (text: string) => {
      out += text
    },
    err: () => undefined,
    columns: () => null,
    now: () => 0,
    signal: new AbortController().signal,
  }
  const session: Session = { terminal, exit: 0 }
  const root = new Command().exitOverride()
  for (const make of [listsImport, listsStatus, listsHistory, listsDiff]) root.addCommand(make(session).exitOverride())
  try {
    await root.parseAsync(args, { from: 'user' })
    return { exit: session.exit, out, error: null }
  } catch (error) {
    return { exit: session.exit, out, error }
  }
}

/** A folder with own lists as CSV: 60 entries, 61 entries, and 9. */
function files(): { readonly store: string; readonly path: (name: string) => string } {
  const folder = place()
  mkdirSync(folder)
  const csv = (count: number) => `id,name\n${Array.from({ length: count }, (_, i) => `e${i + 1},RI Yong ${i + 1}`).join('\n')}\n`
  for (const [name, text] of [
    ['a.csv', csv(60)],
    ['b.csv', csv(61)],
    ['c.csv', csv(9)],
  ] as const)
    writeFileSync(join(folder, name), text)
  return { store: join(folder, 'store'), path: (name) => join(folder, name) }
}

describe('cordon lists', () => {
  it('imports, confirms, refuses, and tells of it in words and as JSON', async () => {
    const { store, path } = files()
    const where = ['--store', store, '--list', 'own', '--by', 'Kim']
    const first = await lists('import', path('a.csv'), ...where, '--published', '2024-05-03')
    expect(first).toMatchObject({ exit: 0, error: null })
    expect(first.out).toMatch(/^In service: version 2024-05-03-[0-9a-f]{16} of own\./)
    expect((await lists('import', path('a.csv'), ...where)).out).toMatch(/^Unchanged: version 2024-05-03-/)
    const refused = await lists('import', path('c.csv'), ...where, '--json')
    expect(refused.exit).toBe(3)
    expect(JSON.parse(refused.out)).toMatchObject({
      outcome: 'refused',
      event: { refusals: [{ code: 'shrunken' }, { code: 'shrunken' }] },
      inService: expect.stringMatching(/^2024-05-03-/),
    })
    const status = await lists('status', '--store', store)
    expect(status.out).toMatch(/ALARM import-refused: .*entries fell from 60 to 9/)
    const overruled = await lists('import', path('c.csv'), ...where, '--allow', 'shrunken', '--reason', 'delisting', '--approved-by', 'Lee')
    expect(overruled.out).toMatch(/Overruled by Kim and Lee \(delisting\)/)
  })

  it('tells the difference and the history', async () => {
    const { store, path } = files()
    for (const name of ['a.csv', 'b.csv']) await lists('import', path(name), '--store', store, '--list', 'own')
    expect((await lists('diff', 'own', '--store', store)).out).toMatch(/1 added, 0 removed, 0 changed, 60 unchanged\n\+ e61 RI Yong 61/)
    const history = await lists('history', 'yong 61', '--on', new Date().toISOString(), '--store', store)
    expect(history.out).toMatch(/What we knew, by version undated-/)
    const before = await lists('history', 'e61', '--on', '2001-01-01', '--store', store, '--json')
    expect(JSON.parse(before.out).lists).toMatchObject([{ knew: { version: null }, says: [{ id: 'e61', verdict: 'uncertain' }] }])
  })

  it('verifies the store, and ends with 1 where something differs', async () => {
    const { store, path } = files()
    await lists('import', path('a.csv'), '--store', store, '--list', 'own')
    expect(await lists('status', '--store', store, '--verify')).toMatchObject({
      exit: 0,
      out: expect.stringContaining('are as they were written'),
    })
    writeFileSync(join(store, 'own', 'versions.head'), `1 ${'0'.repeat(64)}\n`)
    expect(await lists('status', '--store', store, '--verify')).toMatchObject({
      exit: 1,
      out: expect.stringMatching(/ALARM corrupt[\s\S]*own\/versions.jsonl/),
    })
  })

  it.each<[string[], string]>([
    [['import', 'FILE', '--store', 'STORE'], 'list/bad-option'],
    [['import', 'FILE', '--store', 'STORE', '--list', 'own', '--allow', 'shrunken'], 'list/four-eyes'],
    [['import', 'FILE', '--store', 'STORE', '--list', 'own', '--format', 'none'], 'list/bad-option'],
    [['import', 'missing.csv', '--store', 'STORE', '--list', 'own'], 'list/file'],
    [['diff', 'own', '--store', 'STORE'], 'cli/usage'],
    [['diff', '../x', '--store', 'STORE'], 'list/bad-option'],
    [['status', '--at', 'now', '--store', 'STORE'], 'list/bad-option'],
    [['history', 'x', '--on', '2024-02-30', '--store', 'STORE'], 'list/bad-option'],
  ])('says what is wrong: %j', async (args, code) => {
    const { store, path } = files()
    const { error } = await lists(...args.map((arg) => (arg === 'FILE' ? path('a.csv') : arg === 'STORE' ? store : arg)))
    expect(error).toBeInstanceOf(CordonError)
    expect(error).toMatchObject({ code, remedy: expect.stringMatching(/.{5}/) })
  })
})
