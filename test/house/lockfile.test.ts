import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
// @ts-expect-error plain JavaScript without declarations
import * as completing from '../../scripts/complete-lockfile.mjs'

interface Entry {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly [kind: string]: unknown
}
interface Lock {
  packages: Record<string, Entry>
}

const complete: (lock: Lock) => string[] = completing.complete
const read = <T>(file: string): T => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')) as T
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const

describe('the lockfile', () => {
  const lock = read<Lock>('package-lock.json')
  const packages = Object.entries(lock.packages).filter(([place]) => place !== '')

  it('asks for what package.json asks for', () => {
    const manifest = read<Entry>('package.json')
    for (const kind of KINDS) expect(lock.packages['']?.[kind]).toEqual(manifest[kind])
  })
  it('has every package that another one asks for, so that `npm ci` takes it', () => {
    expect(complete(structuredClone(lock))).toEqual([])
  })
  it('has a hash for all that is installed on Linux x64, and the address of no registry', () => {
    const here = packages.filter(
      ([, { os, cpu, libc }]) => (os?.includes('linux') ?? true) && (cpu?.includes('x64') ?? true) && (libc?.includes('glibc') ?? true),
    )
    expect(here.length).toBeGreaterThan(100)
    expect(here.filter(([, { integrity }]) => integrity === undefined).map(([place]) => place)).toEqual([])
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
  })
  it('pins exact versions', () => {
    const manifest = read<Record<string, Record<string, string>>>('package.json')
    const versions = KINDS.flatMap((kind) => Object.values(manifest[kind] ?? {}))
    expect(versions.filter((version) => !/^(npm:@?[\w./-]+@)?\d+\.\d+\.\d+[\w.-]*$/.test(version))).toEqual([])
  })
})

describe('completing a lockfile', () => {
  const tool = {
    version: '1.0.0',
    integrity: 'sha512-x',
    dev: true,
    optionalDependencies: { '@tool/darwin-arm64': '1.0.0', '@tool/linux-x64-musl': '1.0.0' },
  }

  it('adds packages of other platforms with their platform, and nothing twice', () => {
    const lock: Lock = { packages: { '': {}, 'node_modules/tool': tool } }
    expect(complete(lock)).toEqual(['node_modules/@tool/darwin-arm64', 'node_modules/@tool/linux-x64-musl'])
    expect(lock.packages['node_modules/@tool/darwin-arm64']).toEqual({
      version: '1.0.0',
      cpu: ['arm64'],
      os: ['darwin'],
      dev: true,
      optional: true,
    })
    expect(lock.packages['node_modules/@tool/linux-x64-musl']).toMatchObject({ cpu: ['x64'], libc: ['musl'], os: ['linux'] })
    expect(complete(lock)).toEqual([])
  })
  it('refuses what is missing for another reason than its platform', () => {
    expect(() => complete({ packages: { '': {}, 'node_modules/tool': { optionalDependencies: { helper: '1.0.0' } } } })).toThrow(/platform/)
    expect(() =>
      complete({ packages: { '': {}, 'node_modules/tool': { optionalDependencies: { '@tool/darwin-arm64': '^1.0.0' } } } }),
    ).toThrow(/exact/)
  })
})
