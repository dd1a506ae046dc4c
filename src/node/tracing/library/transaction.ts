import { CordonError } from '../../../chain/index.ts'
import { ABSENT, type BitcoinOutput, isUtxoLedger, type UtxoLedger } from '../../../ledger/index.ts'
import { ledgerAt } from './open-ledgers.ts'
import { namedTransfers, type RawTransfer, rawTransfer, timeText } from './rows.ts'

/** Transfers or outputs of one transaction that are answered. */
const MOST = 5_000

/** A transaction with its transfers in chain order; of Bitcoin with its inputs and outputs too. `more` counts what is left out. */
export async function transaction({ folder, hash }: { readonly folder: string; readonly hash: string }) {
  const ledger = await ledgerAt(folder)
  const [tx = ABSENT] = await ledger.transactionIds([hash])
  if (tx === ABSENT)
    throw new CordonError('ledger/unknown-transaction', `the ledger does not hold transaction ${hash}`, {
      remedy: 'Check the spelling, and what the ledger covers.',
    })
  const [info] = await ledger.transactions([tx])
  const found: RawTransfer[] = []
  let all = 0
  for await (const batch of ledger.transfersIn([tx])) {
    for (let i = 0; i < batch.length; i++) if (all++ < MOST) found.push(rawTransfer(batch, i))
  }
  return {
    transaction: info?.hash ?? hash,
    block: info?.block ?? 0,
    time: timeText(info?.time ?? null),
    transfers: await namedTransfers(ledger, found),
    more: all - found.length,
    bitcoin: isUtxoLedger(ledger) ? await bitcoinPart(ledger, tx) : null,
  }
}

async function bitcoinPart(ledger: UtxoLedger, tx: number) {
  const [found] = await ledger.bitcoinTransactions([tx])
  if (found === undefined) return null
  const describe = async (list: readonly BitcoinOutput[]) => {
    const shown = list.slice(0, MOST)
    const accounts = [...new Set(shown.flatMap(({ account }) => (account === null ? [] : [account])))]
    const names = new Map((await ledger.addresses(accounts)).map((address, i) => [accounts[i], address]))
    const points = await ledger.outpoints(shown.map(({ output }) => output))
    const spenders = [...new Set(shown.flatMap(({ spentBy }) => (spentBy === null ? [] : [spentBy])))]
    const ids = new Map((await ledger.transactions(spenders)).map(({ tx: number, hash }) => [number, hash]))
    return shown.map(({ account, value, script, spentBy }, i) => ({
      output: `${points[i]?.txid}:${points[i]?.index}`,
      address: account === null ? null : (names.get(account) ?? null),
      script,
      value: value?.toString() ?? null,
      spentBy: spentBy === null ? null : (ids.get(spentBy) ?? null),
    }))
  }
  return {
    coinbase: found.coinbase,
    fee: found.fee?.toString() ?? null,
    inputs: await describe(found.inputs),
    outputs: await describe(found.outputs),
  }
}
