import { workOf } from '../wire/index.ts'
import type { Catalogue } from './catalogue.ts'

/** A chain of blocks, each following the one before it; the first follows none that is there. */
export interface Chain {
  /** Numbers in the catalogue, from the first to the last. */
  readonly blocks: Uint32Array
  readonly work: bigint
}

export interface Tree {
  /** For every block that follows none: the chain of most work that begins there, in the order in which their first blocks were found. */
  readonly chains: readonly Chain[]
  /** Blocks on no chain, in the order in which they were found. */
  readonly stale: readonly number[]
}

const NONE = 0xffff_ffff
/** Work is added in two parts of 48 bits, exact as numbers: all the work ever done is below 2^96. */
const LIMB = 2 ** 48

/**
 * Links blocks by what they follow and takes, from every beginning, the chain of most work; of chains with the same work the one whose last block was found first, which is
 * the one that a node saw first.
 */
export function growTree(catalogue: Catalogue): Tree {
  const { blocks } = catalogue
  const parent = new Uint32Array(blocks)
  const firstChild = new Uint32Array(blocks).fill(NONE)
  const nextSibling = new Uint32Array(blocks).fill(NONE)
  const roots: number[] = []
  for (let block = 0; block < blocks; block++) {
    const before = catalogue.parent(block)
    parent[block] = before ?? NONE
    if (before === null) roots.push(block)
    else {
      nextSibling[block] = firstChild[before] as number
      firstChild[before] = block
    }
  }
  const high = new Float64Array(blocks)
  const low = new Float64Array(blocks)
  const isKept = new Uint8Array(blocks)
  const work = workByBits()
  const waiting = new Uint32Array(blocks)
  const chains: Chain[] = []
  for (const root of roots) {
    let best = root
    let waitingCount = 1
    waiting[0] = root
    while (waitingCount > 0) {
      const block = waiting[--waitingCount] as number
      const before = parent[block] as number
      const own = work(catalogue.bits[block] as number)
      const sum = own.low + (before === NONE ? 0 : (low[before] as number))
      low[block] = sum % LIMB
      high[block] = own.high + (before === NONE ? 0 : (high[before] as number)) + Math.floor(sum / LIMB)
      if (isBetter(block, best, high, low)) best = block
      for (let child = firstChild[block] as number; child !== NONE; child = nextSibling[child] as number) waiting[waitingCount++] = child
    }
    const chain: number[] = []
    for (let block = best; block !== NONE; block = parent[block] as number) {
      chain.push(block)
      isKept[block] = 1
    }
    chains.push({
      blocks: Uint32Array.from(chain.reverse()),
      work: BigInt(high[best] as number) * BigInt(LIMB) + BigInt(low[best] as number),
    })
  }
  const stale: number[] = []
  for (let block = 0; block < blocks; block++) if (isKept[block] === 0) stale.push(block)
  return { chains, stale }
}

function isBetter(block: number, best: number, high: Float64Array, low: Float64Array): boolean {
  if (high[block] !== high[best]) return (high[block] as number) > (high[best] as number)
  if (low[block] !== low[best]) return (low[block] as number) > (low[best] as number)
  return block < best
}

/** Work of a target in two limbs; targets change every two weeks, so most are asked for again and again. */
function workByBits(): (bits: number) => { readonly high: number; readonly low: number } {
  const known = new Map<number, { readonly high: number; readonly low: number }>()
  return (bits) => {
    let work = known.get(bits)
    if (work === undefined) {
      const exact = workOf(bits)
      work = { high: Number(exact / BigInt(LIMB)), low: Number(exact % BigInt(LIMB)) }
      known.set(bits, work)
    }
    return work
  }
}
