import { resolve } from 'node:path'
import type { Confirmation, FreezePoint } from '../../cases/index.ts'
import { bitcoinNetwork, canonicalBitcoinName } from '../../chain/index.ts'
import type { NodeParts } from '../parts.ts'

/** What ledgers say of the points of a request, for the gate; null where the node has no ledger. */
export type Confirm = ((point: FreezePoint) => Confirmation) | null

/** Milliseconds for all points together. What is not looked up by then is unknown, which the gate warns of: a hold-up must not cost the hour. */
const MOST_MS = 6_000

/**
 * Looks every point up in the ledgers of the configuration: does the transaction really pay that deposit address that amount of that asset? It asks another process, so no transaction may be open meanwhile.
 * A ledger that cannot be asked says nothing.
 */
export async function confirmPoints(node: Pick<NodeParts, 'config' | 'library'>, points: readonly FreezePoint[]): Promise<Confirm> {
  const folders = Object.values(node.config.library.ledgers).map((folder) => resolve(folder))
  if (folders.length === 0) return null
  const said = new Map<string, Confirmation>()
  const late = new Promise<void>((end) => setTimeout(end, MOST_MS).unref())
  await Promise.race([late, lookUpAll(node, folders, points, said)])
  const answer = new Map(said)
  return (point) => answer.get(keyOf(point)) ?? 'unknown'
}

async function lookUpAll(
  { library }: Pick<NodeParts, 'library'>,
  folders: readonly string[],
  points: readonly FreezePoint[],
  said: Map<string, Confirmation>,
): Promise<void> {
  const deadline = performance.now() + MOST_MS
  const ledgers = await Promise.all(
    folders.map(async (folder) => ({ folder, manifest: await library.ask('manifest', { folder }).catch(() => null) })),
  )
  for (const point of points) {
    for (const { folder, manifest } of ledgers) {
      // A ledger of some tokens holds a transaction without what it moved of others.
      if (manifest?.chain !== point.chain || !manifest.assets.some(({ id }) => assetKey(id) === assetKey(point.asset))) continue
      if (performance.now() > deadline || said.get(keyOf(point)) === 'ok') break
      const found = await library.ask('transaction', { folder, hash: hashOf(point) }).catch(() => null)
      if (found !== null) said.set(keyOf(point), compared(point, found))
    }
  }
}

type Found = {
  readonly transfers: readonly { readonly to: string; readonly asset: string; readonly value: string }[]
  readonly more: number
  readonly bitcoin: { readonly outputs: readonly { readonly address: string | null; readonly value: string | null }[] } | null
}

/** Whether a transaction pays a point: by one transfer of its amount, or by several that add up to it. One that is too large to be read whole and does not show it leaves it open. */
function compared(point: FreezePoint, { transfers, more, bitcoin }: Found): Confirmation {
  const to = addressKey(point.chain, point.to)
  const values =
    bitcoin === null
      ? transfers
          .filter((each) => addressKey(point.chain, each.to) === to && assetKey(each.asset) === assetKey(point.asset))
          .map(({ value }) => value)
      : bitcoin.outputs.flatMap(({ address, value }) =>
          address !== null && value !== null && addressKey(point.chain, address) === to ? [value] : [],
        )
  const sum = values.reduce((total, value) => total + BigInt(value), 0n)
  if (values.includes(point.amount) || (values.length > 0 && sum.toString() === point.amount)) return 'ok'
  return more > 0 ? 'unknown' : 'differs'
}

function hashOf({ txHash }: FreezePoint): string {
  return /^(0x)?[0-9a-fA-F]{64}$/.test(txHash) ? txHash.toLowerCase() : txHash
}

function addressKey(chain: string, address: string): string {
  const network = bitcoinNetwork(chain)
  if (network !== null) return canonicalBitcoinName(address, network) ?? address
  return chain.startsWith('eip155:') ? address.toLowerCase() : address
}

function assetKey(asset: string): string {
  return asset.startsWith('eip155:') ? asset.toLowerCase() : asset
}

function keyOf({ chain, txHash, to, asset, amount }: FreezePoint): string {
  return JSON.stringify([chain, txHash, to, asset, amount])
}
