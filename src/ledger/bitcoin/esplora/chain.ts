import { CordonError } from '../../../chain/index.ts'
import type { Tx } from '../../ledger.ts'
import { hashHex } from '../wire/index.ts'
import type { Found } from './found.ts'
import { merkleRoot } from './merkle.ts'
import { txNumber } from './numbers.ts'
import { once } from './once.ts'
import { type Block, type Source, wrongBlock } from './source.ts'
import { isCoinbase, type StrippedOutput } from './stripped.ts'

/** A transaction that a Merkle proof places in a block. */
export interface Confirmed extends Found {
  readonly tx: Tx
  readonly height: number
  /** Unix seconds of the block's header. */
  readonly time: number
  readonly coinbase: boolean
}

/** A block that the ledger ends with. */
export interface Tip {
  readonly height: number
  readonly hash: string
  readonly time: number
}

/**
 * The chain up to a tip, as far as it has been asked for: every transaction in it hashes to its id and is proved to lie in a block that has its work; every spend is one that the spender's
 * own bytes show. What a server keeps to itself cannot be seen: an output that it calls unspent, a transaction that it leaves off and does not count.
 */
export class Chain {
  readonly tip: Tip
  readonly #source: Source
  readonly #found = new Map<string, Promise<Found | null>>()
  readonly #confirmed = new Map<string, Promise<Confirmed | null>>()
  readonly #blocks = new Map<string, Promise<Block>>()
  readonly #spenders = new Map<string, Promise<(Confirmed | null)[]>>()
  readonly #txidOf = new Map<Tx, string>()

  constructor(source: Source, tip: Block) {
    this.#source = source
    this.tip = { height: tip.height, hash: tip.hash, time: tip.header.time }
    this.#blocks.set(tip.hash, Promise.resolve(tip))
  }

  get transactions(): number {
    return this.#txidOf.size
  }

  /** The bytes of a transaction, wherever it is; null where the server has none. */
  found(txid: string): Promise<Found | null> {
    return once(this.#found, txid, () => this.#source.transaction(txid))
  }

  /** Null where the transaction is in no block up to the tip. */
  confirmed(txid: string): Promise<Confirmed | null> {
    return once(this.#confirmed, txid, async () => {
      const found = await this.found(txid)
      return found === null ? null : this.#place(found)
    })
  }

  /** A transaction by a number that the ledger has given. */
  async numbered(tx: Tx): Promise<Confirmed> {
    const txid = this.#txidOf.get(tx)
    const confirmed = txid === undefined ? null : await this.confirmed(txid)
    if (confirmed === null) throw new CordonError('ledger/unknown-transaction', `the ledger has not given out a transaction number ${tx}`)
    return confirmed
  }

  /** Takes in a transaction that came in a list. */
  offer(found: Found): void {
    if (!this.#found.has(found.txid)) this.#found.set(found.txid, Promise.resolve(found))
  }

  /** An error about a path of the server. */
  place(path: string): { readonly file: string } {
    return this.#source.place(path)
  }

  knows(tx: Tx): boolean {
    return this.#txidOf.has(tx)
  }

  /**
   * The output that an input of a confirmed transaction spends. That it is in the chain follows from the spend, so that it needs no proof of its own.
   *
   * @throws CordonError `esplora/missing-transaction`, `esplora/wrong-spend` where there is no such output
   */
  async spent(outpoint: { readonly txid: string; readonly index: number }, by: string): Promise<StrippedOutput> {
    const found = await this.found(outpoint.txid)
    if (found === null) throw this.#missing(outpoint.txid, `transaction ${by} spends from it`)
    const output = found.body.outputs[outpoint.index]
    if (output === undefined) {
      throw new CordonError(
        'esplora/wrong-spend',
        `transaction ${by} spends output ${outpoint.index} of ${outpoint.txid}, which has no such output`,
        {
          place: this.#source.place(`/tx/${by}`),
          remedy: 'Do not trust this server: use another.',
        },
      )
    }
    return output
  }

  /** What spends each output of a confirmed transaction, up to the tip. */
  spenders(of: Confirmed): Promise<(Confirmed | null)[]> {
    return once(this.#spenders, of.txid, async () => {
      const spends = await this.#source.spends(of.txid, of.body.outputs.length)
      const spenders: (Confirmed | null)[] = []
      for (const [index, spend] of spends.entries()) {
        if (spend === null) {
          spenders.push(null)
          continue
        }
        const spender = await this.confirmed(spend.txid)
        const input = spender?.body.inputs[spend.input]
        if (spender === null || input?.txid !== of.txid || input.index !== index) {
          throw new CordonError(
            'esplora/wrong-spend',
            `the server says that ${spend.txid} spends output ${index} of ${of.txid}, which it does not`,
            {
              place: this.#source.place(`/tx/${of.txid}/outspends`),
              remedy: 'Do not trust this server: use another.',
            },
          )
        }
        spenders.push(spender)
      }
      return spenders
    })
  }

  async #place(found: Found): Promise<Confirmed | null> {
    const { txid, status } = found
    if (status === null || status.height > this.tip.height) return null
    const block = await this.#block(status.block)
    const file = this.#source.place(`/tx/${txid}/merkle-proof`).file
    if (block.height !== status.height)
      throw wrongBlock(`block ${block.hash} is of height ${block.height} here and ${status.height} there`, file)
    const proof = await this.#source.proof(txid, status)
    if (merkleRoot(txid, proof) !== hashHex(block.header.merkleRoot)) {
      throw new CordonError('esplora/wrong-proof', `transaction ${txid} is not proved to be in block ${block.hash}`, {
        place: { file },
        remedy: 'Do not trust this server: use another.',
      })
    }
    const coinbase = isCoinbase(found.body)
    const tx = txNumber(block.height, proof.position)
    const other = this.#txidOf.get(tx)
    if (coinbase !== (proof.position === 0) || (other !== undefined && other !== txid))
      throw wrongBlock(`transaction ${txid} cannot be number ${proof.position} of block ${block.hash}`, file)
    this.#txidOf.set(tx, txid)
    return { ...found, tx, height: block.height, time: block.header.time, coinbase }
  }

  #block(hash: string): Promise<Block> {
    return once(this.#blocks, hash, async () => {
      const block = await this.#source.block(hash)
      if (block === null) throw wrongBlock(`the server has no block ${hash}, which it names`, this.#source.place(`/block/${hash}`).file)
      return block
    })
  }

  /**
   * Whether the server's chain has grown past the tip.
   *
   * @throws CordonError `esplora/reorganised` when the tip is no longer in it
   */
  async moved(): Promise<boolean> {
    if ((await this.#source.tipHash()) === this.tip.hash) return false
    if ((await this.#source.hashAt(this.tip.height)) === this.tip.hash) return true
    throw new CordonError('esplora/reorganised', `block ${this.tip.hash}, as of which the chain was read, is no longer part of it`, {
      place: this.#source.place(`/block-height/${this.tip.height}`),
      remedy: 'Begin again: the trace has to be made on the chain as it is now.',
    })
  }

  #missing(txid: string, why: string): CordonError {
    return new CordonError('esplora/missing-transaction', `the server does not have transaction ${txid}, although ${why}`, {
      place: this.#source.place(`/tx/${txid}`),
      remedy: 'Use a server that keeps the whole chain.',
    })
  }
}
