import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { program } from '../../src/cli/program.ts'
import { FORMATS } from '../../src/ledger/formats/registry.ts'
import { DEFAULT_PARAMETERS } from '../../src/trace/index.ts'

const home = fileURLToPath(new URL('../../', import.meta.url))
const pages = [...globSync('*.md', { cwd: home }), ...globSync('docs/**/*.md', { cwd: home })]
const read = (page: string): string => readFileSync(join(home, page), 'utf8')

describe('the documents', () => {
  it.each(pages)('%s links only to what is there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map((match) => match[1] as string)
    expect(links.filter((link) => !existsSync(join(home, dirname(page), link)))).toEqual([])
  })
  it('name every format that is read', () => {
    const text = read('docs/formats.md')
    const ids = FORMATS.flat().map((table) => table.id)
    const named = (id: string): boolean =>
      text.includes(`\`${id}\``) || (text.includes(`\`${id.split('/')[0]}/`) && text.includes(`\`/${id.split('/')[1]}\``))
    expect(ids.filter((id) => !named(id))).toEqual([])
  })
  it('give the defaults of a trace as they are', () => {
    const rows = read('docs/cli.md').match(/^\| `--.*$/gm) ?? []
    const { deposit, minAmount, ...plain } = DEFAULT_PARAMETERS
    const values = [...Object.values(plain), ...Object.values(deposit)].filter(
      (value) => typeof value === 'string' || typeof value === 'number',
    )
    const missing = values
      .map(String)
      .filter((value) => !['forward', 'leave-out'].includes(value) && !rows.some((row) => row.split(' | ')[1] === `\`${value}\``))
    expect(missing).toEqual([])
    expect(minAmount).toEqual({})
  })
  it('explain every command and option that there is', () => {
    const text = read('docs/cli.md')
    const session = {
      terminal: { out: () => {}, err: () => {}, columns: () => null, now: () => 0, signal: new AbortController().signal },
      exit: 0 as const,
    }
    const commands = program(session, false).commands.flatMap((command) => [command, ...command.commands])
    const leaves = commands.filter((command) => command.commands.length === 0 || command.name() === 'trace')
    const names = leaves.map((command) => {
      const parent = command.parent?.name()
      return parent === undefined || parent === 'cordon' ? command.name() : `${parent} ${command.name()}`
    })
    expect(names.filter((name) => !text.includes(`\`cordon ${name} `))).toEqual([])
    const trace = leaves.find((command) => command.name() === 'trace')
    const options = (trace?.options ?? []).map((option) => option.long as string)
    expect(options.filter((option) => !text.includes(option))).toEqual([])
  })
})
