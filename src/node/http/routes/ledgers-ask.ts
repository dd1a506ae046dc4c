import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { NodeParts } from '../../parts.ts'
import type { Caller } from '../../people/caller.ts'
import { filledLedger, LedgerKey, peek } from '../../tracing/index.ts'
import { doorAfter } from '../door.ts'
import { pagerOf } from '../page.ts'
import { PageQuery, pageOf } from '../shapes.ts'
import {
  Address,
  AssetId,
  BalancesShown,
  ByLedger,
  ReachInput,
  ReachShown,
  TransactionShown,
  TransferShown,
  Window,
} from './ledgers-shapes.ts'

const closed = { additionalProperties: false } as const
const ByAccount = Type.Object({ ledger: LedgerKey, address: Address })

/** Questions to a ledger. They are answered by another process, before the transaction that records them: none of them holds a connection. */
export function ledgerAskRoutes(app: FastifyInstance, node: NodeParts): void {
  const folderFor = async (caller: Caller, key: string) => (await peek(node, caller, (ask) => filledLedger(ask, node, key))).directory
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/ledgers/:ledger/accounts/:address',
      scope: 'ledgers:read',
      action: 'ledger.balances',
      summary: 'Read what an account had moved and held',
      description: 'Sums per asset over a window of time; the balance is that at its end.',
      tag: 'ledgers',
      params: ByAccount,
      query: Type.Object(Window, closed),
      answers: { 200: BalancesShown },
    },
    async ({ params, query }, caller) =>
      node.library.ask('balances', { folder: await folderFor(caller, params.ledger), address: params.address, ...query }),
    async (ask, { params }, body) => {
      await filledLedger(ask, node, params.ledger)
      ask.detail.question = hashOf(params.address)
      return { body }
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/ledgers/:ledger/accounts/:address/transfers',
      scope: 'ledgers:read',
      action: 'ledger.transfers',
      summary: 'List transfers of an account in chain order',
      description: 'A page may be short, or empty, before the last: `next` says whether there is more.',
      tag: 'ledgers',
      params: ByAccount,
      query: Type.Object(
        {
          ...PageQuery,
          ...Window,
          asset: Type.Optional(AssetId),
          direction: Type.Optional(Type.Enum(['in', 'out', 'both'], { default: 'both' })),
        },
        closed,
      ),
      answers: { 200: pageOf(TransferShown) },
    },
    async ({ params, query }, caller) => {
      const { cursor: _, limit = 50, direction = 'both', ...rest } = query
      const { directory, after } = await peek(node, caller, async (ask) => ({
        directory: (await filledLedger(ask, node, params.ledger)).directory,
        after: pagerOf(node, ask, purpose(params), query).after,
      }))
      return await node.library.ask('transfers', {
        folder: directory,
        address: params.address,
        ...rest,
        direction,
        limit,
        after: after === undefined ? undefined : Number(after),
      })
    },
    async (ask, { params, query }, { transfers, last }) => {
      await filledLedger(ask, node, params.ledger)
      ask.detail.question = hashOf(params.address)
      ask.detail.transfers = transfers.length
      return pagerOf(node, ask, purpose(params), query).answer(transfers, last?.toString(), last !== null)
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/ledgers/:ledger/transactions/:hash',
      scope: 'ledgers:read',
      action: 'ledger.transaction',
      summary: 'Read a transaction',
      tag: 'ledgers',
      params: Type.Object({ ledger: LedgerKey, hash: Type.String({ pattern: '^(0x)?[0-9a-fA-F]{64}$' }) }),
      answers: { 200: TransactionShown },
    },
    async ({ params }, caller) => node.library.ask('transaction', { folder: await folderFor(caller, params.ledger), hash: params.hash }),
    async (ask, { params }, body) => {
      await filledLedger(ask, node, params.ledger)
      ask.detail.question = hashOf(params.hash)
      return { body }
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/ledgers/:ledger/reach',
      scope: 'traces:run',
      action: 'ledger.reach',
      summary: 'See which accounts value can have reached, and when first',
      description: 'A superset of what a trace finds under any policy, in a fraction of its time: to look ahead before one.',
      tag: 'traces',
      params: ByLedger,
      body: ReachInput,
      reads: true,
      answers: { 200: ReachShown },
    },
    async ({ params, body }, caller) => {
      const folder = await folderFor(caller, params.ledger)
      const { from, until, maxAccounts = 50_000, hubTransfers = 5_000, limit = 1_000 } = body
      return await node.library.ask('reach', { folder, from, until, maxAccounts, hubTransfers, limit })
    },
    async (ask, { params, body }, found) => {
      await filledLedger(ask, node, params.ledger)
      ask.detail.question = hashOf(JSON.stringify(body))
      ask.detail.reached = found.reached
      return { body: found }
    },
  )
}

function purpose({ ledger, address }: { readonly ledger: string; readonly address: string }): string {
  return `ledger.transfers ${ledger} ${address.toLowerCase()}`
}

/** What was asked, for auditors: they can check a guess, and read nothing out of it. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
