import type { BitcoinTransaction } from '../../../ledger/index.ts'
import type { SwapMemo } from './memo.ts'
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

const ASSET = /^[A-Za-z]{2,10}[./~-][A-Za-z0-9]{1,20}(?:-[0-9A-Za-z]{1,64})?$/
const OPERATIONS = new Set(['swap', 's', '='])

/**
 * A swap through THORChain (or Maya, which reads the same grammar): `SWAP:ASSET:DESTADDR/REFUND:LIM/INTERVAL/QUANTITY:AFFILIATE:FEE`, the operation also written `s` or `=`, later fields left off
 * at will. On Bitcoin the first output pays the vault, the memo is in the first OP_RETURN, and the rest is change (THORChain developer documentation, "Sending transactions", UTXO chains).
 *
 * @returns null when no OP_RETURN of the transaction holds such a memo
 */
export function thorchainSwap(tx: Pick<BitcoinTransaction, 'data' | 'outputs'>): SwapMemo | null {
  const [data] = tx.data
  if (data === undefined) return null
  const bytes = pushedBytes(data.script)
  if (bytes === null || bytes.length === 0 || bytes.length > 1000) return null
  const text = printable(bytes)
  const [operation = '', asset = '', address = '', amounts = '', affiliate = ''] = text.split(':')
  if (!OPERATIONS.has(operation.toLowerCase())) return null
  const named = SHORT[asset.toLowerCase()] ?? (ASSET.test(asset) ? asset.toUpperCase() : null)
  if (named === null) return null
  const output = tx.outputs.findIndex(({ account, script }) => account !== null && script !== 'data')
  if (output === -1) return null
  const [destination = '', refund = ''] = address.split('/')
  const [limit = ''] = amounts.split('/')
  return {
    protocol: 'THORChain or Maya',
    asset: named,
    chain: named.split(/[./~-]/)[0] as string,
    destination: destination === '' ? null : destination,
    refund: refund === '' ? null : refund,
    limit: limit === '' ? null : limit,
    affiliate: affiliate === '' ? null : affiliate,
    text,
    output,
  }
}
