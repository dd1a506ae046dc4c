import type { Tip } from './chain.ts'
import type { Block, Source } from './source.ts'

/** Seconds between blocks, on average. */
const SPACING = 600
const GUESSES = 6
const LOOK_BACK = 36
/** Blocks in an answer of Esplora to `/blocks/:height`. */
const AT_ONCE = 10

/**
 * Height of the first block whose time is not before `time` (Unix seconds), or null when there is none up to the tip. Takes about ten requests, by guessing from the time between blocks, then by halving.
 *
 * Times of blocks may fall: each need only be past the median of the eleven before it, and no more than two hours ahead of the clocks of its time. Halving finds a block whose time has come and whose parent's has not, and another may lie before it: it
 * is looked for until six hours' worth of blocks in a row are older.
 */
export async function heightAt(source: Source, tip: Tip, time: number): Promise<number | null> {
  let low = 0
  let high = tip.height + 1
  let guess = tip.height - Math.floor((tip.time - time) / SPACING)
  for (let step = 0; low < high; step++) {
    const at = Math.min(high - 1, Math.max(low, step < GUESSES ? guess : (low + high) >> 1))
    const [block] = (await source.blocksFrom(at)) as [Block]
    const missing = time - block.header.time
    guess = at + Math.trunc(missing / SPACING) + Math.sign(missing)
    if (missing <= 0) high = at
    else low = at + 1
  }
  let first = low
  for (let below = first; below > 0 && first - below < LOOK_BACK; below = Math.max(0, below - AT_ONCE)) {
    for (const { height, header } of await blocksBelow(source, below)) if (header.time >= time) first = Math.min(first, height)
  }
  return first > tip.height ? null : first
}

/** The ten blocks below a height, or as many as there are. */
async function blocksBelow(source: Source, below: number): Promise<Block[]> {
  const wanted = Math.min(AT_ONCE, below)
  const blocks: Block[] = []
  while (blocks.length < wanted) blocks.push(...(await source.blocksFrom(below - 1 - blocks.length)))
  return blocks.slice(0, wanted)
}
