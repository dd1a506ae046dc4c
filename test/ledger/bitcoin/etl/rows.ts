import type { BcoinOutput } from '../node/bcoin.ts'
import type { RealBlock } from '../node/real.ts'

export type Row = Record<string, unknown>

/** Script types as Bitcoin Core names them, by bcoin's names. */
const TYPES: Readonly<Record<string, string>> = {
  pubkey: 'pubkey',
  pubkeyhash: 'pubkeyhash',
  scripthash: 'scripthash',
  witnesspubkeyhash: 'witness_v0_keyhash',
  witnessscripthash: 'witness_v0_scripthash',
  nulldata: 'nonstandard',
  multisig: 'multisig',
}

/** Rows as bitcoin-etl's mappers write them (bitcoinetl/mappers), its enriched form where the block's undo data is known. */
export function etlRows(real: RealBlock): Row[] {
  let next = 0
  return real.block.txs.map((tx, index) => {
    const inputs = tx.isCoinbase()
      ? []
      : tx.inputs.map((input, k) => {
          const spent = real.spent?.[next++]
          const held =
            spent === undefined ? { type: null, addresses: [], value: null } : { ...held0(spent, real.network), value: spent.value }
          return {
            index: k,
            spent_transaction_hash: input.prevout.txid(),
            spent_output_index: input.prevout.index,
            script_asm: 'left out here',
            script_hex: input.script.toRaw().toString('hex'),
            sequence: input.sequence,
            required_signatures: null,
            ...held,
          }
        })
    const outputs = tx.outputs.map((output, k) => ({
      index: k,
      script_asm: 'left out here',
      script_hex: output.script.toRaw().toString('hex'),
      required_signatures: null,
      ...held0(output, real.network),
      value: output.value,
    }))
    const input_value = inputs.reduce((sum, input) => sum + (input.value ?? 0), 0)
    const output_value = outputs.reduce((sum, output) => sum + output.value, 0)
    return {
      hash: tx.txid(),
      size: tx.getSize(),
      virtual_size: tx.getVirtualSize(),
      version: tx.version,
      lock_time: tx.locktime,
      block_number: real.height,
      block_hash: real.block.rhash(),
      block_timestamp: real.block.time,
      is_coinbase: tx.isCoinbase(),
      index,
      inputs,
      outputs,
      input_count: inputs.length,
      output_count: outputs.length,
      input_value,
      output_value,
      // bitcoin-etl computes it from what it has: minus the outputs where it does not know the inputs.
      fee: tx.isCoinbase() ? 0 : input_value - output_value,
    }
  })
}

export function blockRow(real: RealBlock): Row {
  return {
    hash: real.block.rhash(),
    size: real.raw.length,
    stripped_size: real.raw.length,
    weight: 4 * real.raw.length,
    number: real.height,
    version: real.block.version,
    merkle_root: Buffer.from(real.block.merkleRoot, 'hex').reverse().toString('hex'),
    timestamp: real.block.time,
    nonce: real.block.nonce.toString(16),
    bits: real.block.bits.toString(16),
    coinbase_param: '00',
    transaction_count: real.block.txs.length,
  }
}

function held0(output: BcoinOutput, network: string): { type: string; addresses: string[] } {
  const type = TYPES[output.getType()] ?? 'nonstandard'
  const address = type === 'multisig' || type === 'nonstandard' ? null : output.getAddress()
  if (address === null) return { type: type === 'multisig' ? type : 'nonstandard', addresses: ['nonstandard0123456789abcdef'] }
  return { type, addresses: [address.toString(network === 'test' ? 'testnet' : network)] }
}

export function jsonLines(rows: readonly Row[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

/** SELECT that reads JSON lines into BigQuery's types, for a Parquet file. `value` is the type of amounts. */
export function bigQuerySelect(
  path: string,
  change: { readonly value?: string; readonly address?: boolean; readonly divide?: boolean } = {},
): string {
  const value = change.value ?? 'NUMERIC(38, 9)'
  const scale = change.divide === true ? '::DOUBLE / 100000000' : ''
  const address = change.address === true ? 'address: each.addresses[1]' : 'addresses: each.addresses'
  const amount = (sql: string) => `CAST(${sql}${scale} AS ${value})`
  return `SELECT fee_text AS fee, * EXCLUDE (fee_text) FROM (SELECT ${amount('fee')} AS fee_text, outputs, hash, * EXCLUDE (fee, inputs, outputs, hash, block_timestamp, input_value, output_value),
    to_timestamp(block_timestamp)::TIMESTAMP AS block_timestamp, ${amount('input_value')} AS input_value, ${amount('output_value')} AS output_value,
    list_transform(inputs, lambda each: {index: each.index, spent_transaction_hash: each.spent_transaction_hash, spent_output_index: each.spent_output_index, script_hex: each.script_hex,
      sequence: each.sequence, type: each.type, ${address}, value: ${amount('each.value')}}) AS inputs
    FROM (SELECT * REPLACE (list_transform(outputs, lambda each: {index: each.index, script_hex: each.script_hex, type: each.type, ${address}, value: ${amount('each.value')}}) AS outputs)
      FROM read_json('${path}', format = 'newline_delimited', maximum_object_size = 33554432, columns = {hash: 'VARCHAR', size: 'BIGINT', virtual_size: 'BIGINT', version: 'BIGINT', lock_time: 'BIGINT',
        block_number: 'BIGINT', block_hash: 'VARCHAR', block_timestamp: 'BIGINT', is_coinbase: 'BOOLEAN', "index": 'BIGINT', input_count: 'BIGINT', output_count: 'BIGINT', input_value: 'BIGINT',
        output_value: 'BIGINT', fee: 'BIGINT',
        inputs: 'STRUCT("index" BIGINT, spent_transaction_hash VARCHAR, spent_output_index BIGINT, script_hex VARCHAR, sequence BIGINT, type VARCHAR, addresses VARCHAR[], value BIGINT)[]',
        outputs: 'STRUCT("index" BIGINT, script_hex VARCHAR, type VARCHAR, addresses VARCHAR[], value BIGINT)[]'})))`
}
