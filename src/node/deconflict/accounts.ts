import { createInterface } from 'node:readline'
import { CordonError } from '../../chain/index.ts'
import { type BlindItem, blindItem } from '../../share/index.ts'
import type { Ask } from '../ask.ts'
import { type KeptFreeze, REQUEST } from '../freeze/index.ts'
import { HOLDS, linkedFrom } from '../objects/links.ts'
import type { StoredObject } from '../objects/object.ts'
import { readAnyObject } from '../objects/read.ts'
import type { NodeParts } from '../parts.ts'
import type { TraceBody } from '../tracing/index.ts'

/** Kinds of objects whose accounts can be filed. */
export const HELD_KINDS = ['request', 'watch', 'trace', 'case'] as const

/** Accounts of an object: those that are filed where none is named, and all that may be named. Both are in their one spelling. */
export type OwnAccounts = { readonly usual: ReadonlySet<BlindItem>; readonly all: ReadonlySet<BlindItem> }

/** Where accounts of an object are read from: what it says itself, and documents of traces that lie among the files. */
export type AccountSource = {
  readonly usual: readonly string[]
  readonly all: readonly string[]
  readonly documents: readonly { readonly sha256: string; readonly chain: string }[]
}

/**
 * Where the accounts of an object of the caller's are. Of a request: its deposit addresses (its senders may be named). Of a watch: what it watches. Of a trace: its end points. Of a case: those of what it holds.
 *
 * @throws CordonError `blind/no-accounts` for objects of other kinds
 */
export async function accountSource(ask: Ask, object: StoredObject): Promise<AccountSource> {
  const empty: AccountSource = { usual: [], all: [], documents: [] }
  if (object.kind === 'case') {
    const held = (await linkedFrom(ask, object.id)).filter(({ link, kind }) => link === HOLDS.kind && kind !== 'case')
    const sources = []
    for (const { id, kind } of held) if (isHeldKind(kind)) sources.push(await accountSource(ask, await readAnyObject(ask, id)))
    return sources.reduce(joined, empty)
  }
  if (object.kind === REQUEST) {
    const { points } = (object.body as KeptFreeze).request
    const usual = points.map(({ chain, to }) => `${chain}:${to}`)
    return { usual, all: [...usual, ...points.map(({ chain, from }) => `${chain}:${from}`)], documents: [] }
  }
  if (object.kind === 'trace') {
    const { ledger, parts } = object.body as TraceBody
    return { ...empty, documents: [{ sha256: parts.document.sha256, chain: ledger.chain }] }
  }
  if (object.kind === 'watch') {
    const found = [...accountsIn(object.body)]
    return { usual: found, all: found, documents: [] }
  }
  throw new CordonError('blind/no-accounts', `a ${object.kind} names no accounts`, {
    place: { field: 'object' },
    remedy: `Name one of ${HELD_KINDS.join(', ')}.`,
  })
}

/** Reads the accounts. Documents of traces are read line by line from the disk, so no transaction may be open meanwhile. What is no account (a draft's half an address) is left out. */
export async function accountsOf({ usual, all, documents }: AccountSource, { files }: Pick<NodeParts, 'files'>): Promise<OwnAccounts> {
  const ends: string[] = []
  for (const { sha256, chain } of documents)
    for await (const account of endPoints(createInterface({ input: await files.read(sha256), crlfDelay: Number.POSITIVE_INFINITY })))
      ends.push(`${chain}:${account}`)
  return { usual: itemsOf([...usual, ...ends]), all: itemsOf([...all, ...ends]) }
}

function isHeldKind(kind: string): boolean {
  return (HELD_KINDS as readonly string[]).includes(kind)
}

function joined(a: AccountSource, b: AccountSource): AccountSource {
  return { usual: [...a.usual, ...b.usual], all: [...a.all, ...b.all], documents: [...a.documents, ...b.documents] }
}

function itemsOf(texts: readonly string[]): ReadonlySet<BlindItem> {
  return new Set(
    texts.flatMap((text) => {
      try {
        return [blindItem(text)]
      } catch {
        return []
      }
    }),
  )
}

/** Accounts that a body names: texts in CAIP-10, and pairs of `chain` and `address` or `account`. */
function* accountsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    if (/^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}:[-.%:a-zA-Z0-9]{1,128}$/.test(value)) yield value
    return
  }
  if (typeof value !== 'object' || value === null) return
  const { chain, address, account } = value as Readonly<Record<string, unknown>>
  for (const name of [address, account]) if (typeof chain === 'string' && typeof name === 'string') yield `${chain}:${name}`
  for (const inner of Object.values(value)) yield* accountsIn(inner)
}

/** A trace's document has one entry of a list per line (`trace/serialize`). */
async function* endPoints(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let inside = false
  for await (const line of lines) {
    if (!inside) {
      inside = line === '  "endpoints": ['
      continue
    }
    if (line === '  ],' || line === '  ]') return
    const { account } = JSON.parse(line.trim().replace(/,$/, '')) as { readonly account: string }
    yield account
  }
}
