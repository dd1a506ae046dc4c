import { askLive } from './ask-live.ts'
import type { LiveSource } from './source.ts'

/** Gives the address at which the library asks a node for blocks. Throws as `use` and `askLive`. */
export async function withBlocks<T>(source: LiveSource, use: (address: string) => Promise<T>): Promise<T> {
  return askLive(source, async ({ address, fetch }) => {
    // Nodes are asked through the process's own fetch. The process of a job does nothing else meanwhile.
    const own = globalThis.fetch
    globalThis.fetch = fetch
    try {
      return await use(source.kind === 'core-rest' ? `${address}/rest` : address)
    } finally {
      globalThis.fetch = own
    }
  })
}
