import { coinUnit, erc20Asset, MAX_AMOUNT, nativeAsset } from '../../chain/index.ts'
import { type FaultList, quoted } from './fault.ts'
import { checkTime } from './gate-time.ts'
import { depositFault, type IdentifierFault, senderFault, transactionFault } from './identifiers.ts'
import type { FreezePoint, FreezeRequest } from './request.ts'

/** What a ledger says of a point: the transaction pays that address that amount, it does something else, or the ledger does not hold it. */
export type Confirmation = 'ok' | 'differs' | 'unknown'

const CHAIN = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/
/** CAIP-19 without a token id: requests are about fungible value. */
const ASSET = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}\/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}$/

/** Checks every point: full hashes, checksummed addresses, exact amounts, times in UTC, and where a ledger is at hand, that the chain says the same. */
export function checkPoints(
  request: FreezeRequest,
  now: number,
  confirm: ((point: FreezePoint) => Confirmation) | null,
  found: FaultList,
): void {
  if (request.points.length === 0)
    found.fault(
      'missing',
      'points',
      'the request names no deposit',
      'Add at least one point: transaction, deposit address, asset, amount and time.',
    )
  const ids = new Map<string, number>()
  const payments = new Map<string, number>()
  for (const [i, point] of request.points.entries()) {
    const at = `points[${i}]`
    checkPoint(point, at, now, found)
    const id = ids.get(point.id)
    if (point.id === '') found.fault('missing', `${at}.id`, 'the point has no id', `Call it p${i + 1}: answers refer to it.`)
    else if (id !== undefined)
      found.fault('twice', `${at}.id`, `${quoted(point.id)} is already the id of points[${id}]`, 'Give each point its own id.')
    else ids.set(point.id, i)
    const key = JSON.stringify([point.chain, point.txHash.toLowerCase(), point.to.toLowerCase(), point.asset.toLowerCase(), point.amount])
    const earlier = payments.get(key)
    if (earlier !== undefined)
      found.warn(
        'twice',
        at,
        `it says the same as points[${earlier}]`,
        'Leave one off, unless the transaction really pays that amount twice.',
      )
    payments.set(key, i)
    const said = confirm === null ? null : confirm(point)
    if (said === 'differs')
      found.fault(
        'differs',
        at,
        'the ledger does not have this transaction paying this address this amount of this asset',
        'Look the transaction up and correct the point.',
      )
    if (said === 'unknown') found.warn('unconfirmed', at, 'the ledger does not hold this transaction', 'Compare it with a block explorer.')
  }
}

function checkPoint(point: FreezePoint, at: string, now: number, found: FaultList): void {
  if (!CHAIN.test(point.chain)) {
    found.fault(
      'not-a-chain',
      `${at}.chain`,
      `${quoted(point.chain)} is no CAIP-2 chain id`,
      'Ethereum is eip155:1; Bitcoin is bip122:000000000019d6689c085ae165831e93.',
    )
  } else {
    put(found, `${at}.txHash`, transactionFault(point.chain, point.txHash))
    put(found, `${at}.to`, depositFault(point.chain, point.to))
    put(found, `${at}.from`, senderFault(point.chain, point.from))
  }
  if (point.block === null)
    found.fault('missing', `${at}.block`, 'the block is missing', 'Give the number of the block that holds the transaction.')
  checkAsset(point, at, found)
  checkAmount(point, at, found)
  checkTime(point.time, `${at}.time`, now, found)
  if (point.usd === null)
    found.warn('missing', `${at}.usd`, 'no value in dollars is given', 'Give the value at that block, with the source of the price.')
  else {
    if (!/^(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?$/.test(point.usd.amount))
      found.fault(
        'not-a-number',
        `${at}.usd.amount`,
        `${quoted(point.usd.amount)} is no amount of dollars`,
        'Write it with digits and a point, e.g. 2734.15.',
      )
    if (point.usd.source === '')
      found.fault('missing', `${at}.usd.source`, 'the source of the price is missing', 'Say which price it is, of which time.')
  }
}

function checkAsset(point: FreezePoint, at: string, found: FaultList): void {
  const field = `${at}.asset`
  if (!ASSET.test(point.asset)) {
    found.fault(
      'not-an-asset',
      field,
      `${quoted(point.asset)} is no CAIP-19 asset`,
      `Name the contract, not the symbol: e.g. ${erc20Asset('eip155:1', '0xdac17f958d2ee523a2206206994597c13d831ec7')}.`,
    )
    return
  }
  const [chain, kind] = [point.asset.slice(0, point.asset.indexOf('/')), point.asset.slice(point.asset.indexOf('/') + 1)]
  if (chain !== point.chain)
    found.fault(
      'other-chain',
      field,
      `the asset is on ${chain}, the transaction on ${point.chain}`,
      'Take the asset of the chain that the deposit was made on.',
    )
  if (kind.startsWith('erc20:') && !/^erc20:0x[0-9a-fA-F]{40}$/.test(kind))
    found.fault(
      'not-a-contract',
      field,
      `${quoted(kind)} names no contract`,
      'Write erc20: and the address of the token contract, 0x and 40 hexadecimal digits.',
    )
}

function checkAmount(point: FreezePoint, at: string, found: FaultList): void {
  if (!/^[1-9][0-9]*$/.test(point.amount) || point.amount.length > 78 || BigInt(point.amount) > MAX_AMOUNT)
    found.fault(
      'not-exact',
      `${at}.amount`,
      `${quoted(point.amount)} is no exact amount`,
      'Write base units (wei, satoshi, 10^-6 dollar …) as a whole number above zero: no point, no comma, no exponent.',
    )
  if (point.decimals === null) {
    found.fault(
      'missing',
      `${at}.decimals`,
      'the decimals of the asset are missing',
      'Give them as the token contract does: 18 for ether, 8 for bitcoin, 6 for USDT on Ethereum.',
    )
    return
  }
  const native = point.asset === nativeAsset(point.chain) ? (coinUnit(point.asset)?.decimals ?? null) : null
  if (native !== null && point.decimals !== native)
    found.fault('wrong-decimals', `${at}.decimals`, `${point.asset} has ${native} decimals, not ${point.decimals}`, `Write ${native}.`)
}

function put(found: FaultList, field: string, fault: IdentifierFault): void {
  if (fault === null) return
  if (fault.code === 'unchecked') found.warn(fault.code, field, fault.what, fault.remedy)
  else found.fault(fault.code, field, fault.what, fault.remedy)
}
