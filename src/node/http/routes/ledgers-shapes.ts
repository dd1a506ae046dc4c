import { Type } from 'typebox'
import { LedgerContent, LedgerKey } from '../../tracing/index.ts'

export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const closed = { additionalProperties: false } as const

export const ByLedger = Type.Object({ ledger: LedgerKey })
export const Address = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '^[!-~]+$',
  description: 'an address of the chain, in any letter case that it allows',
})
export const IsoTime = Type.String({ maxLength: 25, description: 'UTC, ISO 8601: 2023-06-02T21:49:23Z, or a date' })
export const AssetId = Type.String({ maxLength: 200, description: 'CAIP-19' })
export const BaseUnits = Type.String({ description: 'base units' })

/** A ledger that one may use. */
export const LedgerShown = Type.Object(
  {
    key: Type.String({ description: 'what it is called at every door' }),
    name: Type.String(),
    description: orNull(Type.String()),
    organisation: Type.String({ description: 'owner' }),
    marking: Type.String({ description: 'its label as it is shown' }),
    imported: Type.Boolean({ description: 'it is an object of this node; otherwise one of its configuration' }),
    content: orNull(LedgerContent),
    sources: Type.Array(
      Type.Object({ name: Type.String(), sha256: orNull(Type.String()), bytes: Type.Integer(), file: orNull(Type.String()) }),
    ),
  },
  { title: 'Ledger' },
)

export const TransferShown = Type.Object(
  {
    row: Type.Integer({ description: 'its place in the ledger' }),
    transaction: Type.String(),
    block: Type.Integer(),
    time: orNull(Type.String()),
    from: Type.String(),
    to: Type.String(),
    asset: Type.String(),
    symbol: orNull(Type.String()),
    decimals: orNull(Type.Integer()),
    value: BaseUnits,
  },
  { title: 'Transfer' },
)

export const BalancesShown = Type.Object(
  {
    account: Type.String(),
    transfersIn: Type.Integer(),
    transfersOut: Type.Integer(),
    feesPaid: BaseUnits,
    assets: Type.Array(
      Type.Object({
        asset: Type.String(),
        symbol: orNull(Type.String()),
        decimals: orNull(Type.Integer()),
        received: BaseUnits,
        sent: BaseUnits,
        transfers: Type.Integer(),
        balance: Type.String({
          description: 'at the end of the window, as far as the ledger knows; negative where it begins after the account did',
        }),
        first: orNull(Type.String()),
        last: orNull(Type.String()),
      }),
    ),
  },
  { title: 'Balances' },
)

const Coin = Type.Object(
  {
    output: Type.String(),
    address: orNull(Type.String()),
    script: orNull(Type.String()),
    value: orNull(Type.String()),
    spentBy: orNull(Type.String()),
  },
  { title: 'BitcoinOutput' },
)

export const TransactionShown = Type.Object(
  {
    transaction: Type.String(),
    block: Type.Integer(),
    time: orNull(Type.String()),
    transfers: Type.Array(TransferShown),
    more: Type.Integer({ description: 'transfers that are left out' }),
    bitcoin: orNull(
      Type.Object({ coinbase: Type.Boolean(), fee: orNull(Type.String()), inputs: Type.Array(Coin), outputs: Type.Array(Coin) }),
    ),
  },
  { title: 'Transaction' },
)

export const Window = { from: Type.Optional(IsoTime), to: Type.Optional(IsoTime) }

export const ReachInput = Type.Object(
  {
    from: Type.Array(Type.Object({ address: Address, at: Type.Optional(IsoTime) }, closed), { minItems: 1, maxItems: 1000 }),
    until: Type.Optional(IsoTime),
    maxAccounts: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, default: 50_000, description: 'accounts passed through at most' }),
    ),
    hubTransfers: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000,
        default: 5_000,
        description: 'outgoing transfers from which an account is not passed through',
      }),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, default: 1_000, description: 'accounts that are answered, of those reached first' }),
    ),
  },
  { additionalProperties: false, title: 'ReachInput' },
)

export const ReachShown = Type.Object(
  {
    reached: Type.Integer(),
    passed: Type.Integer(),
    transfersRead: Type.Integer(),
    limited: Type.Boolean({ description: 'maxAccounts ended the search' }),
    ledgerEnds: orNull(Type.String()),
    accounts: Type.Array(
      Type.Object({
        account: Type.String(),
        row: Type.Integer({ description: 'place in the ledger of its earliest arrival' }),
        hub: Type.Boolean(),
        start: Type.Boolean(),
      }),
    ),
  },
  { title: 'Reach' },
)
