import { CordonError } from '../../../chain/index.ts'
import type { Chain, Confirmed } from './chain.ts'
import type { Found } from './found.ts'
import { inOrder } from './in-order.ts'
import { once } from './once.ts'
import type { Counts, Source } from './source.ts'
import { isCoinbase, scriptHashOf } from './stripped.ts'

/** A half-open range of heights. */
export interface Heights {
  readonly from: number
  readonly to: number
}

/** What a chain's blocks up to its tip say of locking scripts, each named by its SHA-256 (`/scripthash/:hash`, which answers for every script, with or without address). */
export class Histories {
  readonly #source: Source
  readonly #chain: Chain
  readonly #counts = new Map<string, Counts>()
  readonly #pages = new Map<string, Promise<Found[]>>()
  readonly #histories = new Map<string, Promise<readonly Found[]>>()

  constructor(source: Source, chain: Chain) {
    this.#source = source
    this.#chain = chain
  }

  /** How often each script is paid and spent from: the server's word. One request a script, and one for all of them to see whether the tip still is the newest block. */
  async counts(scriptHashes: readonly string[]): Promise<Counts[]> {
    const now = new Map<string, Counts>()
    for (const hash of new Set(scriptHashes)) {
      if (this.#counts.has(hash)) continue
      const kept = await this.#source.keptCounts(hash)
      if (kept === null) now.set(hash, await this.#source.countsNow(hash))
      else this.#counts.set(hash, kept)
    }
    const moved = now.size > 0 && (await this.#chain.moved())
    for (const [hash, counts] of now) {
      const then = moved ? await this.#countsThen(hash, counts) : counts
      await this.#source.keepCounts(hash, then)
      this.#counts.set(hash, then)
    }
    return scriptHashes.map((hash) => this.#counts.get(hash) as Counts)
  }

  /**
   * Transactions that pay or spend from a script, of blocks of these heights, in chain order.
   *
   * @throws CordonError `esplora/history-cut` where the server lists fewer than it counts, `esplora/unrelated-transaction` where it lists one that has nothing to do with the script
   */
  async transactions(scriptHash: string, heights: Heights): Promise<Confirmed[]> {
    const listed = (await this.#listed(scriptHash, heights.from)).filter(({ status }) => {
      const height = status?.height ?? -1
      return height >= heights.from && height < heights.to
    })
    const confirmed = await inOrder(listed, async ({ txid }) => {
      const placed = await this.#chain.confirmed(txid)
      if (placed === null || !(await this.#touches(placed, scriptHash))) throw this.#unrelated(txid, scriptHash)
      return placed
    })
    return confirmed.sort((a, b) => a.tx - b.tx)
  }

  /** The script itself, from an output that pays it; null where none does. */
  async script(scriptHash: string): Promise<Uint8Array | null> {
    for (const { body } of await this.#listed(scriptHash, 0)) {
      const own = body.outputs.find(({ script }) => scriptHashOf(script) === scriptHash)
      if (own !== undefined) return own.script
    }
    return null
  }

  /** Newest block first. A whole list is kept; of a part of it the pages are. */
  async #listed(scriptHash: string, fromHeight: number): Promise<readonly Found[]> {
    if (fromHeight > 0 && !this.#histories.has(scriptHash)) return this.#list(scriptHash, fromHeight)
    return once(this.#histories, scriptHash, () => this.#list(scriptHash, 0))
  }

  async #list(scriptHash: string, fromHeight: number): Promise<Found[]> {
    const [counts] = (await this.counts([scriptHash])) as [Counts]
    const listed: Found[] = []
    if (counts.transactions === 0) return listed
    for await (const found of this.#newestFirst(scriptHash)) {
      const height = found.status?.height ?? 0
      if (height > this.#chain.tip.height) continue
      if (height < fromHeight) return listed
      listed.push(found)
      if (listed.length === counts.transactions) return listed
    }
    throw new CordonError(
      'esplora/history-cut',
      `the server counts ${counts.transactions} transactions of ${scriptHash} and lists ${listed.length}`,
      { place: this.#place(scriptHash), remedy: 'Try again, or use another server.' },
    )
  }

  /** Counts up to the tip from counts of later: less what later blocks have added, which stands first in the list. */
  async #countsThen(scriptHash: string, later: Counts): Promise<Counts> {
    let now = later
    for (let attempt = 0; attempt < 3; attempt++) {
      const then = { ...now }
      if (now.transactions > 0) {
        for await (const found of this.#newestFirst(scriptHash, true)) {
          if ((found.status?.height ?? 0) <= this.#chain.tip.height) break
          then.transactions--
          then.paid -= found.body.outputs.filter(({ script }) => scriptHashOf(script) === scriptHash).length
          then.spent -= await this.#spentBy(found, scriptHash)
        }
      }
      const again = await this.#source.countsNow(scriptHash)
      if (again.transactions === now.transactions && Math.min(then.transactions, then.paid, then.spent) >= 0) return then
      now = again
    }
    throw new CordonError('esplora/unsteady', `the counts of ${scriptHash} change while they are read, or are not those of its list`, {
      place: this.#place(scriptHash),
      remedy: 'Try again, or use another server.',
    })
  }

  async #spentBy({ txid, body }: Found, scriptHash: string): Promise<number> {
    if (isCoinbase(body)) return 0
    const spent = await inOrder(body.inputs, (input) => this.#chain.spent(input, txid))
    return spent.filter(({ script }) => scriptHashOf(script) === scriptHash).length
  }

  async #touches(found: Found, scriptHash: string): Promise<boolean> {
    return found.body.outputs.some(({ script }) => scriptHashOf(script) === scriptHash) || (await this.#spentBy(found, scriptHash)) > 0
  }

  /** A `fresh` list is as the server has it now; any other may be as it was at the tip. */
  async *#newestFirst(scriptHash: string, fresh = false): AsyncGenerator<Found> {
    const seen = new Set<string>()
    let height = Number.POSITIVE_INFINITY
    let last: string | null = null
    for (;;) {
      const after: string | null = last
      const name = `${scriptHash} ${after}`
      if (fresh) this.#pages.delete(name)
      const page: Found[] = await once(this.#pages, name, () => this.#source.page(scriptHash, after, fresh))
      if (page.length === 0) return
      for (const found of page) {
        const at = found.status?.height ?? 0
        if (seen.has(found.txid) || at > height) {
          throw new CordonError(
            'esplora/bad-answer',
            `transaction ${found.txid} cannot stand where it does in a list with the newest first`,
            {
              place: this.#place(scriptHash),
              remedy: 'Try again, or use another server.',
            },
          )
        }
        seen.add(found.txid)
        height = at
        last = found.txid
        this.#chain.offer(found)
        yield found
      }
    }
  }

  #unrelated(txid: string, scriptHash: string): CordonError {
    return new CordonError(
      'esplora/unrelated-transaction',
      `the server lists transaction ${txid}, which neither pays nor spends from ${scriptHash}`,
      { place: this.#place(scriptHash), remedy: 'Do not trust this server: use another.' },
    )
  }

  #place(scriptHash: string): { readonly file: string } {
    return this.#source.place(`/scripthash/${scriptHash}/txs/chain`)
  }
}
