import { OPNames } from '@scure/btc-signer/script.js'
import { type BitcoinNetwork, SCRIPT_TYPES, type ScriptType, scriptAddress, scriptTypeOf } from '../../../chain/index.ts'
import type { BlockTransaction, MinedBlock } from './block.ts'
import { hashText } from './hash.ts'
import type { SpentOutput } from './undo.ts'

/** Names of script types as bitcoin-etl has them from Bitcoin Core. */
const NAMES: Readonly<Partial<Record<ScriptType, string>>> = {
  p2pk: 'pubkey',
  p2pkh: 'pubkeyhash',
  p2sh: 'scripthash',
  multisig: 'multisig',
  p2wpkh: 'witness_v0_keyhash',
  p2wsh: 'witness_v0_scripthash',
  p2tr: 'witness_v1_taproot',
  data: 'nulldata',
}

/** A line of bitcoin-etl's blocks (README of bitcoin-etl, "Schema"). Satoshis are integers, hashes as people write them. */
export function etlBlock(block: MinedBlock): string {
  const stripped = block.transactions.reduce((sum, { serialized }) => sum + serialized.strippedSize, block.bytes.length)
  const whole = block.transactions.reduce((sum, { serialized }) => sum + serialized.bytes.length, 0)
  const strippedSize = stripped - whole
  return JSON.stringify({
    type: 'block',
    hash: hashText(block.hash),
    size: block.bytes.length,
    stripped_size: strippedSize,
    weight: strippedSize * 3 + block.bytes.length,
    number: block.height,
    version: block.version,
    merkle_root: hashText(block.merkleRoot),
    timestamp: block.time,
    nonce: String(block.nonce),
    bits: block.bits.toString(16),
    coinbase_param: hex(block.transactions[0]!.raw.inputs[0]!.scriptSig),
    transaction_count: block.transactions.length,
  })
}

/** The lines of a block's transactions. A coinbase has no inputs there. */
export function* etlTransactions(
  block: MinedBlock,
  spent: readonly (readonly SpentOutput[])[] | null,
  network: BitcoinNetwork,
): Generator<string> {
  const at = { block_number: block.height, block_hash: hashText(block.hash), block_timestamp: block.time }
  for (const [index, transaction] of block.transactions.entries())
    yield etlTransaction(transaction, index, index === 0 ? null : (spent?.[index - 1] ?? []), at, network)
}

function etlTransaction(
  { raw, serialized }: BlockTransaction,
  index: number,
  spent: readonly SpentOutput[] | null,
  at: Readonly<Record<string, unknown>>,
  network: BitcoinNetwork,
): string {
  const size = serialized.bytes.length
  const inputs = (spent ?? []).map((output, k) => {
    const input = raw.inputs[k]!
    return {
      index: k,
      spent_transaction_hash: hashText(input.previous),
      spent_output_index: input.index,
      script_asm: disassemble(input.scriptSig),
      script_hex: hex(input.scriptSig),
      sequence: input.sequence,
      ...locked(output.script, network),
      value: output.value,
    }
  })
  const outputs = raw.outputs.map(({ value, script }, k) => ({
    index: k,
    script_asm: disassemble(script),
    script_hex: hex(script),
    ...locked(script, network),
    value,
  }))
  const inputValue = (spent ?? []).reduce((sum, { value }) => sum + value, 0)
  const outputValue = raw.outputs.reduce((sum, { value }) => sum + value, 0)
  return JSON.stringify({
    type: 'transaction',
    hash: hashText(serialized.txid),
    size,
    virtual_size: Math.ceil((serialized.strippedSize * 3 + size) / 4),
    version: raw.version,
    lock_time: raw.lockTime,
    ...at,
    is_coinbase: spent === null,
    index,
    inputs,
    outputs,
    input_count: inputs.length,
    output_count: outputs.length,
    input_value: inputValue,
    output_value: outputValue,
    fee: spent === null ? 0 : inputValue - outputValue,
  })
}

function locked(script: Uint8Array, network: BitcoinNetwork) {
  const type = SCRIPT_TYPES[scriptTypeOf(script, 0, script.length)]!
  const address = scriptAddress(script, network)
  return {
    required_signatures: type === 'data' ? null : 1,
    type: NAMES[type] ?? 'nonstandard',
    addresses: address === null ? [] : [address],
  }
}

/** Opcodes by name, what is pushed as hex, as Core's ScriptToAsmStr. */
function disassemble(script: Uint8Array): string {
  const words: string[] = []
  for (let at = 0; at < script.length; ) {
    const code = script[at++]!
    if (code > 0 && code <= 0x4c) {
      const length = code === 0x4c ? script[at++]! : code
      words.push(hex(script.subarray(at, at + length)))
      at += length
    } else if (code === 0) words.push('0')
    else if (code >= 0x51 && code <= 0x60) words.push(String(code - 0x50))
    else words.push(`OP_${OPNames[code] ?? 'UNKNOWN'}`)
  }
  return words.join(' ')
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}
