import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Static, Type } from 'typebox'
import { type ChainId, CordonError } from '../../chain/index.ts'
import { defaultLabel, type Label } from '../../share/index.ts'
import type { Ask } from '../ask.ts'
import { notFound } from '../objects/errors.ts'
import type { StoredObject } from '../objects/object.ts'
import { readObject } from '../objects/read.ts'
import type { NodeParts } from '../parts.ts'
import { sourceChain } from './live/source.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const Span = <T extends Parameters<typeof Type.Union>[0][number]>(end: T) => orNull(Type.Object({ first: end, last: end }))

/** What a ledger holds, shortly. */
export const LedgerContent = Type.Object(
  {
    hash: Type.String({ description: 'two ledgers with the same hash answer every question alike' }),
    chain: Type.String(),
    transfers: Type.Integer(),
    transactions: Type.Integer(),
    accounts: Type.Integer(),
    assets: Type.Integer(),
    blocks: Span(Type.Integer()),
    time: Span(Type.String()),
    lossy: Type.Boolean({ description: 'a source keeps values as floating point' }),
    genesis: Type.Boolean({ description: 'it begins where the chain does' }),
    notes: Type.Array(Type.String(), { description: 'how order was decided where a source lacks an index' }),
  },
  { additionalProperties: false, title: 'LedgerContent' },
)

/** What an object of kind `ledger` says: chain data that somebody imported here. */
export const LedgerBody = Type.Object(
  {
    name: Type.String(),
    description: orNull(Type.String()),
    content: orNull(LedgerContent),
    sources: Type.Array(
      Type.Object({
        name: Type.String(),
        sha256: orNull(Type.String({ description: 'null of a node that was asked for blocks: those say themselves what they are' })),
        bytes: Type.Integer(),
        file: orNull(Type.String()),
      }),
    ),
    changedByJob: orNull(Type.String()),
  },
  { additionalProperties: false, title: 'LedgerBody' },
)

export type LedgerContent = Static<typeof LedgerContent>
export type LedgerBody = Static<typeof LedgerBody>

/** A ledger that somebody may use: of the node's configuration, or an object. */
export type LedgerRef = {
  readonly key: string
  readonly name: string
  readonly directory: string
  /** Null for a ledger of the configuration: the operator's, for everybody who may read ledgers. */
  readonly object: StoredObject<LedgerBody> | null
}

/** A live server of the configuration as a ledger: traces run over it, and nothing of it is kept here but what they found. */
export type LiveRef = {
  readonly key: string
  readonly name: string
  readonly source: string
  readonly chain: ChainId
  readonly object: null
}

/** What a trace can run over. */
export type ChainRef = LedgerRef | LiveRef

const KEY = /^[a-z0-9-]{1,36}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A key of a ledger: a name of the configuration, or an object's id. A key is looked up, and never becomes part of a path by itself. */
export const LedgerKey = Type.String({
  pattern: KEY.source,
  description: 'name of a ledger of the configuration, or id of an imported one',
})

/** A ledger by its key. Throws `node/not-found`; `ledger/live` for a live server. */
export async function ledgerOf(ask: Ask, { config }: Pick<NodeParts, 'config'>, key: string): Promise<LedgerRef> {
  const { ledgers } = config.library
  if (Object.hasOwn(ledgers, key)) return { key, name: key, directory: resolve(ledgers[key] as string), object: null }
  if (liveRef(config, key) !== null)
    throw new CordonError('ledger/live', `${key} is a live server, over which traces and exposures of wallets run, and nothing else`, {
      remedy: 'Import the blocks from a Bitcoin Core node into a ledger for everything else.',
    })
  if (!UUID.test(key)) throw notFound('ledger', key)
  const object = await readObject<LedgerBody>(ask, 'ledger', key)
  return { key, name: object.body.name, directory: await folderOf(config.data, object.id), object }
}

/** As {@link ledgerOf}, of a ledger that holds something. Throws also `ledger/empty`. */
export async function filledLedger(ask: Ask, node: Pick<NodeParts, 'config'>, key: string): Promise<LedgerRef> {
  const ledger = await ledgerOf(ask, node, key)
  if (ledger.object !== null && ledger.object.body.content === null)
    throw new CordonError('ledger/empty', `nothing was imported into the ledger ${ledger.name} yet`, {
      remedy: 'Import something first, or wait until its import is done.',
    })
  return ledger
}

/** What a trace can run over, by its key: a ledger that holds something, or a live server. Throws as {@link filledLedger}. */
export async function chainNamed(ask: Ask, node: Pick<NodeParts, 'config'>, key: string): Promise<ChainRef> {
  return liveRef(node.config, key) ?? filledLedger(ask, node, key)
}

function liveRef({ library }: NodeParts['config'], key: string): LiveRef | null {
  const source = library.bitcoin.find(({ name, kind }) => name === key && kind === 'esplora')
  return source === undefined ? null : { key, name: key, source: key, chain: sourceChain(source), object: null }
}

/**
 * As {@link ledgerOf}, of a ledger that the caller may write: his organisation's own, or as one of the organisation that runs the node.
 *
 * @throws CordonError `node/not-owner`
 */
export async function writableLedger(ask: Ask, node: Pick<NodeParts, 'config'>, key: string): Promise<LedgerRef> {
  const ledger = await ledgerOf(ask, node, key)
  if ((ledger.object?.organisation ?? node.config.home.organisation) === ask.caller.organisation) return ledger
  throw new CordonError('node/not-owner', 'only the organisation that owns a ledger writes to it', {
    remedy: 'Import your data into a ledger of your own.',
  })
}

/** The label of a job on a ledger, where none is given: the ledger's own, if it is one's own, else originator only. */
export function labelFor({ object }: LedgerRef, organisation: string): Label {
  return object?.organisation === organisation ? object.label : defaultLabel(organisation)
}

async function folderOf(data: string, id: string): Promise<string> {
  const parent = resolve(join(data, 'ledgers'))
  await mkdir(parent, { recursive: true, mode: 0o700 })
  return join(parent, id)
}
