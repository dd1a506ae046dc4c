import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'

const home = fileURLToPath(new URL('../../', import.meta.url))
const planted: string[] = []

function check(root: string): { code: number | null; text: string } {
  const run = spawnSync(process.execPath, [join(home, 'scripts/layers.mjs'), root], { encoding: 'utf8' })
  return { code: run.status, text: run.stdout + run.stderr }
}

/** A small tree of rooms in a folder of its own, so that nothing is ever planted in the project. */
function house(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'cordon-layers-'))
  planted.push(root)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

const chain = { 'src/chain/index.ts': 'export const zero: bigint = 0n\n' }
const ledger = { 'src/ledger/index.ts': "import { zero } from '../chain/index.ts'\nexport const none = zero\n" }
const usesLedger = "import type { none } from '../ledger/index.ts'\nexport type None = typeof none\n"

describe('imports between the rooms', () => {
  afterEach(() => {
    for (const root of planted.splice(0)) rmSync(root, { recursive: true })
  })

  it('run one way in this project, and every file was read to know it', () => {
    const { code, text } = check(home)
    const files = globSync('src/**/*.ts', { cwd: home }).length
    expect(files).toBeGreaterThan(20)
    expect(text).toMatch(new RegExp(`^${files} modules, [1-9]\\d* imports, 0 violations$`, 'm'))
    expect(code).toBe(0)
  })
  it('pass in a house that is in order', () => {
    expect(check(house({ ...chain, ...ledger }))).toMatchObject({
      code: 0,
      text: expect.stringContaining('2 modules, 1 imports, 0 violations'),
    })
  })
  it('fail on a planted import upward, even of a type alone', () => {
    const { code, text } = check(house({ ...chain, ...ledger, 'src/chain/upward.ts': usesLedger }))
    expect(code).toBe(1)
    expect(text).toContain('one-way-chain: src/chain/upward.ts → src/ledger/index.ts')
  })
  it('fail on simulate reading anything but chain', () => {
    const { code, text } = check(house({ ...chain, ...ledger, 'src/simulate/index.ts': usesLedger }))
    expect(code).toBe(1)
    expect(text).toContain('one-way-simulate')
  })
  it('fail on a way past the index of a room', () => {
    const inner = { 'src/chain/inner.ts': 'export const one = 1n\n', 'src/ledger/past.ts': "export { one } from '../chain/inner.ts'\n" }
    const { code, text } = check(house({ ...chain, ...inner }))
    expect(code).toBe(1)
    expect(text).toContain('through-the-door: src/ledger/past.ts → src/chain/inner.ts')
  })
  it('fail on a circle inside a room', () => {
    const circle = {
      'src/chain/a.ts': "import { b } from './b.ts'\nexport const a = (): number => b()\n",
      'src/chain/b.ts': "import { a } from './a.ts'\nexport const b = (): number => a()\n",
    }
    const { code, text } = check(house({ ...chain, ...circle }))
    expect(code).toBe(1)
    expect(text).toContain('no-circles')
  })
  it('fail on a room that the order does not know, and on an import that leads nowhere', () => {
    const { code, text } = check(
      house({
        ...chain,
        'src/attic/index.ts': "export { zero } from '../chain/index.ts'\n",
        'src/chain/lost.ts': "export * from './gone.ts'\n",
      }),
    )
    expect(code).toBe(1)
    expect(text).toContain('known-rooms')
    expect(text).toContain('resolvable: src/chain/lost.ts')
  })
  it('fail where no file was read at all', () => {
    expect(check(house({ 'src/readme.txt': 'nothing here' })).code).toBe(1)
  })
})
