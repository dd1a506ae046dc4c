import type { MemoTransaction, SwapMemo } from './memo.ts'
import { printable, pushedBytes } from './push.ts'

/** Native assets by their one-letter names, for memos that must fit 80 bytes (THORChain developer documentation, "Transaction memos", shortened asset names). */
const SHORT: Readonly<Record<string, string>> = {
  a: 'AVAX.AVAX',
  b: 'BTC.BTC',
  c: 'BCH.BCH',
  d: 'DOGE.DOGE',
  e: 'ETH.ETH',
  f: 'BASE.ETH',
  g: 'GAIA.ATOM',
  l: 'LTC.LTC',
  n: 'BNB.BNB',
  r: 'THOR.RUNE',
  s: 'BSC.BNB',
  x: 'XRP.XRP',
}

const ASSET = /^([A-Za-z]{2,10})([./~-])[A-Za-z0-9]{1,64}(?:-[0-9A-Za-z]{1,64})?$/
/** Swaps, and swaps with a limit (thornode, `stringToTxTypeMap`). */
const OPERATIONS = new Set(['swap', 's', '=', 'limito', 'lo'])

/** `MaxMemoSize` of THORChain: it passes over longer ones. */
const MOST_BYTES = 250
/** Transactions of more outputs, or of more that hold value, are passed over too (thornode, `ignoreTx`). */
const MOST_OUTPUTS = 12
const MOST_PAYMENTS = 10

/** What vaults write when they spend: swaps paid out or back, moves to the next vault, small outputs put together, pools given up (thornode, `memo.go`). */
const OUTBOUND = new Set(['out', 'refund', 'migrate', 'consolidate', 'ragnarok', 'yggdrasil+', 'yggdrasil-'])

/**
 * A swap through THORChain (or Maya, which reads the same grammar): `SWAP:ASSET:DESTADDR/REFUND:LIM/INTERVAL/QUANTITY:AFFILIATE:FEE`, the operation also written `s` or `=`, later fields left off
 * at will (THORChain developer documentation, "Transaction Memos").
 *
 * The protocol knows its vaults and takes the first output that pays one. From the chain alone that is the first one that holds value and does not go back to the sender, who is the owner of
 * the first input (thornode, `getOutput` and `getSender`; users are told to pay the vault first, "Sending Transactions").
 *
 * @returns null when the OP_RETURN outputs hold no such memo, or the protocol would pass the transaction over
 */
export function thorchainSwap(tx: MemoTransaction): SwapMemo | null {
  const text = memoText(tx)
  if (text === null) return null
  const [operation = '', asset = '', address = '', amounts = '', affiliate = ''] = text.split(':')
  if (!OPERATIONS.has(operation.toLowerCase())) return null
  const named = SHORT[asset.toLowerCase()] ?? (ASSET.test(asset) ? asset.toUpperCase() : null)
  if (named === null) return null
  const output = paidOutput(tx)
  if (output === -1) return null
  const [destination = '', refund = ''] = address.split('/')
  const [limit = ''] = amounts.split('/')
  return {
    protocol: 'THORChain or Maya',
    asset: named,
    chain: chainOf(named, destination),
    destination: destination === '' ? null : destination,
    refund: refund === '' ? null : refund,
    limit: limit === '' ? null : limit,
    affiliate: affiliate === '' ? null : affiliate,
    text,
    output,
  }
}

/** Whether a transaction says of itself that a vault of THORChain or Maya made it. */
export function thorchainVaultSpends(tx: MemoTransaction): boolean {
  const [operation = ''] = (memoText(tx) ?? '').split(':')
  return OUTBOUND.has(operation.toLowerCase())
}

/** The memo: what all OP_RETURN outputs of one push hold, joined in their order (thornode, `getMemo`), as printable text. */
function memoText({ data }: MemoTransaction): string | null {
  const pushes = data.flatMap(({ script }) => pushedBytes(script) ?? [])
  const bytes = pushes.length === 1 && pushes[0] !== undefined ? pushes[0] : Buffer.concat(pushes)
  return bytes.length === 0 || bytes.length > MOST_BYTES ? null : printable(bytes)
}

function paidOutput({ inputs, outputs }: MemoTransaction): number {
  if (outputs.length > MOST_OUTPUTS || outputs.filter(({ value }) => value !== 0n).length > MOST_PAYMENTS) return -1
  const sender = inputs[0]?.account ?? null
  return outputs.findIndex(({ account, value }) => account !== null && account !== sender && value !== 0n)
}

/** Where the asset is: a native one on its own chain; a synthetic (`/`), traded (`~`) or secured (`-`) one is a claim that the protocol's own chain keeps. */
function chainOf(asset: string, destination: string): string {
  const [, chain = '', kind] = ASSET.exec(asset) ?? []
  if (kind === '.') return chain
  return /^maya/i.test(destination) ? 'MAYA' : 'THOR'
}
