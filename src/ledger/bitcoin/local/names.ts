import {
  ACCOUNT_KEY_BYTES,
  addressScript,
  type BitcoinNetwork,
  SCRIPT_TYPES,
  scriptOfKey,
  scriptTypeOf,
  writeAccountKey,
} from '../../../chain/index.ts'
import { KEY_WORDS } from './layout.ts'

/** The keys under which a ledger may hold the account of a name: one for an address, one for each kind of script without address for a script hash, none for what names nothing. */
export function keysOfName(name: string, network: BitcoinNetwork): Uint32Array[] {
  const [, hash] = /^scripthash:([0-9a-f]{64})$/.exec(name) ?? []
  if (hash !== undefined) {
    return SCRIPT_TYPES.flatMap((type, code) =>
      type !== 'data' && scriptOfKey(code, new Uint8Array(ACCOUNT_KEY_BYTES)) === null ? [keyOf(code, Buffer.from(hash, 'hex'))] : [],
    )
  }
  const script = addressScript(name, network)
  return script === null ? [] : [keyOfScript(script)]
}

/** Key of a locking script: type and what `writeAccountKey` makes of it. */
export function keyOfScript(script: Uint8Array): Uint32Array {
  const type = scriptTypeOf(script, 0, script.length)
  const payload = new Uint8Array(ACCOUNT_KEY_BYTES)
  writeAccountKey(type, script, 0, script.length, payload, 0)
  return keyOf(type, payload)
}

function keyOf(type: number, payload: Uint8Array): Uint32Array {
  const key = new Uint32Array(KEY_WORDS)
  key[0] = type
  new Uint8Array(key.buffer).set(payload, 4)
  return key
}
