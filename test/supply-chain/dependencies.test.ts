import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))

/** Licences under which something may come to users with Cordon (Apache-2.0). */
const LICENCES =
  /^\(?(MIT|MIT-0|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Zlib|Python-2\.0|OFL-1\.1|PostgreSQL)\b/

describe('what users install', () => {
  it('is pinned to exact versions, with a hash of each', () => {
    const { dependencies, devDependencies, optionalDependencies } = json('package.json')
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }))
      expect(version, name).toMatch(/^(npm:(@[\w-]+\/)?[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/)
    const packages = Object.entries(
      json('package-lock.json').packages as Record<string, { integrity?: string; link?: boolean; resolved?: string; optional?: boolean }>,
    )
    for (const [path, { integrity, link, resolved, optional }] of packages) {
      if (path === '' || link) continue
      // Packages for other platforms may be there by name alone: see docs/decisions/0041.
      if (!(optional && integrity === undefined)) expect(integrity, path).toMatch(/^sha512-/)
      expect(resolved, `${path} names where it was fetched`).toBeUndefined()
    }
  })

  it('is listed in a bill of materials, each with hash and a licence that goes with ours, and the list is the same each time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cordon-sbom-'))
    const make = (file: string) => {
      const run = spawnSync(process.execPath, [join(root, 'scripts/sbom.mjs'), join(folder, file)], { encoding: 'utf8' })
      expect(run.status, run.stderr).toBe(0)
      return readFileSync(join(folder, file), 'utf8')
    }
    const text = make('a.json')
    expect(make('b.json')).toBe(text)
    const bom = JSON.parse(text) as {
      components: { name: string; licenses?: { license?: { id?: string }; expression?: string }[]; hashes?: unknown[] }[]
    }
    const names = new Set(bom.components.map(({ name }) => name.split('/').at(-1)))
    for (const name of Object.keys(json('package.json').dependencies)) expect(names, name).toContain(name.split('/').at(-1))
    for (const { name, licenses, hashes } of bom.components) {
      if (hashes === undefined) continue
      const licence = licenses?.[0]?.expression ?? licenses?.[0]?.license?.id
      // Packages of several licences name each.
      expect(licence, name).toMatch(LICENCES)
    }
  }, 60_000)
})
