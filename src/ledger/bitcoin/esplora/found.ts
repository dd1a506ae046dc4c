import { CordonError } from '../../../chain/index.ts'
import type { Json } from './json.ts'
import { MOST_HEIGHT } from './numbers.ts'
import { decodeStripped, encodeStripped, MOST_SATOSHIS, type StrippedTransaction, txidOf } from './stripped.ts'

/** Where a server says that a transaction is; null while it is in no block. */
export type Status = { readonly height: number; readonly block: string } | null

/** A transaction whose bytes hash to its id, with what the server says of its place, which is still to be proved. */
export interface Found {
  readonly txid: string
  readonly body: StrippedTransaction
  /** Whether any input has a witness. The id does not cover it: this is the server's word. */
  readonly witness: boolean
  readonly status: Status
}

const U32 = 0xffff_ffff

/** The transaction in Esplora's JSON (`/tx/:txid`, one of `/scripthash/:hash/txs/chain`): its bytes are put together again from the fields, and its id from the bytes. */
export function readTransaction(json: Json): Found {
  const txid = json.get('txid').hash()
  const inputs = json.get('vin').list()
  const outputs = json.get('vout').list()
  if (inputs.length === 0 || outputs.length === 0) throw json.fail('it has no inputs or no outputs')
  const body: StrippedTransaction = {
    // Servers write the signed version as it is, or as the unsigned number of the same bits.
    version: json.get('version').count(U32, -(2 ** 31)) | 0,
    lockTime: json.get('locktime').count(U32),
    inputs: inputs.map((input) => ({
      txid: input.get('txid').hash(),
      index: input.get('vout').count(U32),
      script: input.get('scriptsig').bytes(),
      sequence: input.get('sequence').count(U32),
    })),
    outputs: outputs.map((output) => ({
      value: BigInt(output.get('value').count(MOST_SATOSHIS)),
      script: output.get('scriptpubkey').bytes(),
    })),
  }
  if (txidOf(encodeStripped(body)) !== txid) throw wrongTransaction(txid, json)
  const witness = inputs.some((input) => (input.orNull('witness')?.list().length ?? 0) > 0)
  return { txid, body, witness, status: readStatus(json.get('status')) }
}

export function readStatus(json: Json): Status {
  if (!json.get('confirmed').flag()) return null
  return { height: json.get('block_height').count(MOST_HEIGHT), block: json.get('block_hash').hash() }
}

export function wrongTransaction(txid: string, json: Json): CordonError {
  const { message, place } = json.fail(`what the server gives as transaction ${txid} is another transaction`)
  return new CordonError('esplora/wrong-transaction', message, { place, remedy: 'Do not trust this server: use another.' })
}

/** A found transaction as a line of the cache. */
export function writeFound({ body, witness, status }: Found): string {
  return JSON.stringify({ bytes: Buffer.from(encodeStripped(body)).toString('hex'), witness, status })
}

/** Null where the line is not of that transaction: then it is asked for again. */
export function readFound(txid: string, text: string): Found | null {
  try {
    const { bytes, witness, status } = JSON.parse(text) as { bytes: string; witness: boolean; status: Status }
    const raw = Uint8Array.from(Buffer.from(bytes, 'hex'))
    return txidOf(raw) === txid ? { txid, body: decodeStripped(raw), witness, status } : null
  } catch {
    // Not of this format: as good as missing.
    return null
  }
}
