import { type Asked, askLive } from './ask-live.ts'
import type { LiveSource } from './source.ts'

/** Gives what the library asks a node for blocks with: its `paths` and its `fetch`. Throws as `use` and `askLive`. */
export async function withBlocks<T>(source: LiveSource, use: (asked: Asked) => Promise<T>): Promise<T> {
  return askLive(source, ({ address, fetch }) => use({ address: source.kind === 'core-rest' ? `${address}/rest` : address, fetch }))
}
