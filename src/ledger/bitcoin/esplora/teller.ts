import { CordonError } from '../../../chain/index.ts'
import { SEQUENCES, type SequenceClass, sequenceClass } from '../block.ts'
import type { BitcoinOutput, BitcoinTransaction } from '../transaction.ts'
import { type Accounts, typeOf } from './accounts.ts'
import type { Chain, Confirmed } from './chain.ts'
import { inOrder } from './in-order.ts'
import type { Outputs } from './outputs.ts'
import type { StrippedTransaction } from './stripped.ts'

/** Tells confirmed transactions in the numbers of a ledger. */
export class Teller {
  readonly #chain: Chain
  readonly #accounts: Accounts
  readonly #outputs: Outputs

  constructor(chain: Chain, accounts: Accounts, outputs: Outputs) {
    this.#chain = chain
    this.#accounts = accounts
    this.#outputs = outputs
  }

  /** A transaction with what its inputs spend, but without the numbers of the transactions around it, which cost more to ask for. */
  async alone(confirmed: Confirmed): Promise<BitcoinTransaction> {
    const { txid, body, coinbase, tx, height, time, witness } = confirmed
    const inputs = coinbase
      ? []
      : await inOrder(body.inputs, async ({ txid: from, index }): Promise<BitcoinOutput> => {
          const { value, script } = await this.#chain.spent({ txid: from, index }, txid)
          const output = this.#outputs.number(from, index)
          return { output, tx: null, index, value, account: this.#accounts.number(script), script: typeOf(script), spentBy: tx }
        })
    const outputs = body.outputs.map((_, index) => this.output(confirmed, index))
    const total = (side: readonly BitcoinOutput[]): bigint => side.reduce((sum, { value }) => sum + (value ?? 0n), 0n)
    const fee = coinbase ? null : total(inputs) - total(outputs)
    if (fee !== null && fee < 0n) throw this.#pays(txid)
    return {
      tx,
      block: height,
      time,
      version: body.version,
      lockTime: body.lockTime,
      witness,
      sequence: sequenceOf(body),
      coinbase,
      inputs,
      outputs,
      data: body.outputs.flatMap(({ script }, index) => (typeOf(script) === 'data' ? [{ index, script }] : [])),
      fee,
    }
  }

  output({ tx, txid, body }: Confirmed, index: number): BitcoinOutput {
    const { value, script } = body.outputs[index] as { value: bigint; script: Uint8Array }
    return {
      output: this.#outputs.number(txid, index),
      tx,
      index,
      value,
      account: this.#accounts.number(script),
      script: typeOf(script),
      spentBy: null,
    }
  }

  async creator(txid: string, spender: Confirmed | null): Promise<Confirmed> {
    const creator = await this.#chain.confirmed(txid)
    if (creator !== null && (spender === null || creator.tx < spender.tx)) return creator
    throw new CordonError(
      'esplora/wrong-spend',
      `the server has transaction ${txid} ${creator === null ? 'in no block' : 'after'}, although ${spender?.txid ?? 'another'} spends from it`,
      { place: this.#chain.place(`/tx/${txid}`), remedy: 'Do not trust this server: use another.' },
    )
  }

  #pays(txid: string): CordonError {
    return new CordonError('esplora/wrong-transaction', `transaction ${txid} pays out more than it takes in`, {
      place: this.#chain.place(`/tx/${txid}`),
      remedy: 'Do not trust this server: use another.',
    })
  }
}

function sequenceOf({ inputs }: StrippedTransaction): SequenceClass {
  const classes = new Set(inputs.map(({ sequence }) => sequenceClass(sequence)))
  const [only] = classes
  return classes.size === 1 && only !== undefined ? (SEQUENCES[only] as SequenceClass) : 'mixed'
}
