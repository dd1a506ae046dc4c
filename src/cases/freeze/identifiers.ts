import { sha256 } from '@noble/hashes/sha2.js'
import { base58, createBase58check } from '@scure/base'
import { addressFault, bitcoinNetwork, type ChainId, canonicalBitcoinName, checksumAddress, NULL_ACCOUNT } from '../../chain/index.ts'

/** What is wrong with an address or a transaction id, and what would be right; null where nothing is. `unchecked` where we know no rule for the chain. */
export type IdentifierFault = { readonly code: string; readonly what: string; readonly remedy: string } | null

const base58check = createBase58check(sha256)
const SHORTENED = /…|\.\.|\*|⋯|xxx+/i
const FULL = 'Copy it whole from the chain: exchanges search by the full text and refuse anything shortened.'

/** The rule book that a chain's ids follow, by its CAIP-2 name. */
function family(chain: ChainId): 'evm' | 'bitcoin' | 'tron' | 'solana' | null {
  if (/^eip155:[1-9][0-9]{0,31}$/.test(chain)) return 'evm'
  if (bitcoinNetwork(chain) !== null) return 'bitcoin'
  if (/^tron:/.test(chain)) return 'tron'
  return /^solana:/.test(chain) ? 'solana' : null
}

/**
 * Checks a deposit address as an exchange will search for it: EIP-55 letter case (ERC-55), Base58Check or Bech32 with their checksums (BIP 173, BIP 350), TRON's Base58Check, Solana's 32 bytes.
 */
export function depositFault(chain: ChainId, address: string): IdentifierFault {
  if (SHORTENED.test(address))
    return { code: 'shortened', what: `the address ${JSON.stringify(address.slice(0, 80))} is shortened`, remedy: FULL }
  const rules = family(chain)
  if (rules === 'evm') return evmFault(address, true)
  if (rules === 'bitcoin') return bitcoinFault(chain, address)
  if (rules === 'tron') return tronFault(address)
  if (rules === 'solana') return lengthFault(address, 32, 'a Solana address (Base58 of 32 bytes)')
  return unchecked(chain)
}

/** Checks a sender's address: as `depositFault`, but an EVM address may be written in one case. */
export function senderFault(chain: ChainId, address: string): IdentifierFault {
  return family(chain) === 'evm' && !SHORTENED.test(address) ? evmFault(address, false) : depositFault(chain, address)
}

/** Checks that a transaction id is whole. */
export function transactionFault(chain: ChainId, hash: string): IdentifierFault {
  if (SHORTENED.test(hash)) return { code: 'shortened', what: `the hash ${JSON.stringify(hash.slice(0, 100))} is shortened`, remedy: FULL }
  const rules = family(chain)
  if (rules === 'solana') return lengthFault(hash, 64, 'a Solana signature (Base58 of 64 bytes)')
  if (rules === null)
    return /^[0-9A-Za-z]{32,128}$/.test(hash) ? unchecked(chain) : notHash(hash, 'a transaction id of 32 characters or more')
  const [shape, words] =
    rules === 'evm' ? [/^0x[0-9a-fA-F]{64}$/, '0x and 64 hexadecimal digits'] : [/^[0-9a-fA-F]{64}$/, '64 hexadecimal digits without 0x']
  return shape.test(hash) ? null : notHash(hash, words)
}

function evmFault(address: string, checksummed: boolean): IdentifierFault {
  const fault = addressFault(address)
  if (fault === 'not an address')
    return {
      code: 'not-an-address',
      what: `${JSON.stringify(address.slice(0, 80))} is no address`,
      remedy: 'An address is 0x and 40 hexadecimal digits.',
    }
  if (address.toLowerCase() === NULL_ACCOUNT)
    return { code: 'null-address', what: 'the null address belongs to nobody', remedy: 'Give the deposit address that was paid.' }
  const right = checksumAddress(address)
  if (fault !== null)
    return {
      code: 'bad-checksum',
      what: `the checksum of ${address} does not hold (EIP-55): a digit may be wrong`,
      remedy: `Compare with the chain; if every digit is right, it is written ${right}.`,
    }
  return checksummed && address !== right
    ? { code: 'no-checksum', what: `${address} is written without its checksum (EIP-55)`, remedy: `Write ${right}.` }
    : null
}

function bitcoinFault(chain: ChainId, address: string): IdentifierFault {
  const network = bitcoinNetwork(chain)
  const right = network === null ? null : canonicalBitcoinName(address, network)
  if (right === null || right.startsWith('scripthash:'))
    return {
      code: 'not-an-address',
      what: `${JSON.stringify(address.slice(0, 100))} is no address of ${chain}, or its checksum does not hold`,
      remedy: 'Copy it from the chain; look at the network too.',
    }
  return right === address
    ? null
    : { code: 'other-spelling', what: `${address} is not written as wallets write it`, remedy: `Write ${right}.` }
}

function tronFault(address: string): IdentifierFault {
  try {
    const bytes = base58check.decode(address)
    if (address.length === 34 && bytes.length === 21 && bytes[0] === 0x41) return null
  } catch {
    // The codec says by exception that a text is not in its alphabet or fails its checksum.
  }
  return {
    code: 'not-an-address',
    what: `${JSON.stringify(address.slice(0, 80))} is no TRON address, or its checksum does not hold`,
    remedy: 'It is 34 characters and begins with T; letter case counts.',
  }
}

function lengthFault(text: string, bytes: number, words: string): IdentifierFault {
  try {
    if (text.length <= 100 && base58.decode(text).length === bytes) return null
  } catch {
    // Not in the alphabet.
  }
  return {
    code: 'not-an-identifier',
    what: `${JSON.stringify(text.slice(0, 100))} is not ${words}`,
    remedy: 'Copy it whole from the chain; letter case counts.',
  }
}

function notHash(hash: string, words: string): IdentifierFault {
  if (hash === '') return { code: 'missing', what: 'the transaction hash is missing', remedy: `Give all of it: ${words}.` }
  return {
    code: 'not-a-hash',
    what: `${JSON.stringify(hash.slice(0, 140))} is no full transaction hash of this chain`,
    remedy: `It is ${words}. ${FULL}`,
  }
}

function unchecked(chain: ChainId): IdentifierFault {
  return {
    code: 'unchecked',
    what: `no rule is known for the ids of ${chain}`,
    remedy: 'Compare them with the chain by eye, letter by letter.',
  }
}
