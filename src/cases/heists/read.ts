import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { CordonError } from '../../chain/index.ts'
import { registerDigest } from './digest.ts'
import { readDenial, readHeist, readHolding, readSource, readTotal } from './entry.ts'
import { type Field, items, mapping, oneOf, openFile, owned, refuse, text, when } from './fields.ts'
import type { Heist, Register } from './heist.ts'
import { compareWhen } from './when.ts'

/** The register that comes with Cordon. */
export const REGISTER_FILE = fileURLToPath(new URL('../../../data/heists.yaml', import.meta.url))

/** A register is typed by hand; anything of this size is not one. */
const MAX_BYTES = 4 * 1024 * 1024

/** Reads a register from disk, by default the one that comes with Cordon. Throws as `readRegister`, and the system's error where the file cannot be read. */
export async function loadRegister(file: string = REGISTER_FILE): Promise<Register> {
  return readRegister(await readFile(file, 'utf8'), file)
}

/**
 * Reads a register of heists. Nothing is corrected and nothing passed over: the first thing that is wrong refuses the file.
 *
 * @param file its name for messages
 * @throws CordonError `cases/bad-heists` with file, line, entry, field and remedy; `attribution/yaml` where it is no YAML
 */
export function readRegister(content: string, file: string): Register {
  if (Buffer.byteLength(content) > MAX_BYTES) {
    throw new CordonError('cases/bad-heists', `${file} is larger than ${MAX_BYTES} bytes`, {
      place: { file },
      remedy: 'Name a register of heists.',
    })
  }
  const root = openFile(content, file)
  const at = mapping(root, ['format', 'version', 'as_of', 'publishers', 'sources', 'heists'], ['denials', 'totals', 'holdings'])
  oneOf(at('format'), ['cordon-heists'])
  oneOf(at('version'), ['1'])
  const publishers = items(at('publishers')).map(text)
  unique(at('publishers'), publishers, 'publisher')
  inOrder(at('publishers'), publishers)

  const sources = items(at('sources')).map(readSource)
  unique(
    at('sources'),
    sources.map(({ id }) => id),
    'source',
  )
  inOrder(
    at('sources'),
    sources.map(({ id }) => id),
  )
  const denials = items(at('denials')).map(readDenial)
  unique(
    at('denials'),
    denials.map(({ id }) => id),
    'denial',
  )
  const totals = items(at('totals')).map(readTotal)
  const holdings = items(at('holdings')).map(readHolding)
  const heists = items(at('heists')).map(readHeist)
  unique(
    at('heists'),
    heists.map(({ id }) => id),
    'heist',
  )
  sorted(at('heists'), heists)

  const facts = { asOf: when(at('as_of')), publishers, sources, denials, totals, holdings, heists }
  checkReferences(at, facts)
  return { ...facts, digest: registerDigest(facts) }
}

function checkReferences(at: (key: string) => Field, register: Omit<Register, 'digest'>): void {
  const sources = new Set(register.sources.map(({ id }) => id))
  const publishers = new Set(register.publishers)
  const denials = new Set(register.denials.map(({ id }) => id))
  const used = new Set<string>()
  const usedPublishers = new Set<string>()
  const check = (field: Field, claims: readonly { readonly source: string; readonly by?: string }[]): void => {
    for (const { source, by } of claims) {
      if (!sources.has(source)) refuse(field, `names the source "${source}"`, 'Add it to sources, or correct the id.')
      if (by !== undefined && !publishers.has(by)) refuse(field, `is by "${by}"`, 'Add the name to publishers, or spell it as there.')
      used.add(source)
      if (by !== undefined) usedPublishers.add(by)
    }
  }
  check(
    at('denials'),
    register.denials.map(({ source }) => ({ source })),
  )
  check(at('totals'), register.totals)
  check(at('holdings'), register.holdings)
  for (const [i, heist] of register.heists.entries()) {
    const field = owned(items(at('heists'))[i] as Field, `heist ${heist.id}`)
    const of = mapping(field, [], Object.keys(field.value as object))
    for (const key of ['dates', 'amounts', 'addresses', 'transactions'] as const)
      check(
        of(key),
        heist[key].map(({ source }) => ({ source })),
      )
    for (const key of ['usd', 'attribution', 'outcomes'] as const) check(of(key), heist[key])
    check(of('disputed'), heist.disputed)
    for (const id of heist.denials)
      if (!denials.has(id)) refuse(of('denials'), `names the denial "${id}"`, 'Add it to denials, or correct the id.')
    unique(
      of('addresses'),
      heist.addresses.map((each) => `${each.chain} ${each.address}`),
      'address',
    )
    unique(
      of('transactions'),
      heist.transactions.map((each) => `${each.chain} ${each.hash}`),
      'transaction',
    )
  }
  const idle = register.sources.find(({ id }) => !used.has(id))
  if (idle !== undefined) refuse(at('sources'), `has "${idle.id}", which no fact names`, 'Remove it, or name it where it is used.')
  const silent = register.publishers.find((name) => !usedPublishers.has(name))
  if (silent !== undefined) refuse(at('publishers'), `has "${silent}", by whom there is no claim`, 'Remove it.')
}

function unique(field: Field, ids: readonly string[], what: string): void {
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) refuse(field, `has the ${what} "${id}" twice`, 'Keep one of them.')
    seen.add(id)
  }
}

function inOrder(field: Field, ids: readonly string[]): void {
  const at = ids.findIndex((id, i) => i > 0 && id < (ids[i - 1] as string))
  if (at > 0) refuse(field, `is not sorted: "${ids[at]}" stands after "${ids[at - 1]}"`, 'Sort by name.')
}

function sorted(field: Field, heists: readonly Heist[]): void {
  for (let i = 1; i < heists.length; i++) {
    const [before, after] = [heists[i - 1] as Heist, heists[i] as Heist]
    const order = compareWhen(before.dates[0]!.when, after.dates[0]!.when) || (before.id < after.id ? -1 : 1)
    if (order > 0) refuse(field, `is not sorted: ${after.id} stands after ${before.id}`, 'Sort by the first date, then by id.')
  }
}
