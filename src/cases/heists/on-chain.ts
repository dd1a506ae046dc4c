import { addressFault, addressScript, bitcoinNetwork, type ChainId, checksumAddress, erc20Asset } from '../../chain/index.ts'
import { type Field, refuse, text } from './fields.ts'

const EVM = /^eip155:[1-9]\d{0,9}$/
const EVM_HASH = /^0x[0-9a-f]{64}$/
const BITCOIN_HASH = /^[0-9a-f]{64}$/
const SYMBOL = /^[A-Za-z][A-Za-z0-9.]{1,15}$/
const ASSET = /^([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,64})\/(slip44:\d{1,10}|erc20:(0x[0-9a-f]{40}))$/

/** The chain of an address or transaction. Only chains whose addresses can be checked are taken: an address that nobody checked opens a trace of somebody else's money. */
export function chain(field: Field): ChainId {
  const given = text(field)
  if (EVM.test(given) || bitcoinNetwork(given)?.name === 'main') return given
  return refuse(
    field,
    `is "${given.slice(0, 80)}"`,
    'eip155:<number>, or bip122:000000000019d6689c085ae165831e93 for Bitcoin. Addresses of other chains go into seeds_note.',
  )
}

/** An address with its checksum: EIP-55 on EVM chains, Base58Check or bech32 on Bitcoin. */
export function address(field: Field, on: ChainId): string {
  const given = text(field)
  const network = bitcoinNetwork(on)
  if (network !== null) {
    return addressScript(given, network) === null
      ? refuse(field, `is "${given.slice(0, 100)}", not an address of Bitcoin`, 'Copy it again from the source.')
      : given
  }
  if (addressFault(given) !== null)
    return refuse(field, `is "${given.slice(0, 100)}": ${addressFault(given)}`, 'Copy it again from the source.')
  const written = checksumAddress(given)
  return written === given ? given : refuse(field, 'has no checksum', `Write it as ${written}.`)
}

export function transactionHash(field: Field, on: ChainId): string {
  const given = text(field)
  const fits = bitcoinNetwork(on) === null ? EVM_HASH : BITCOIN_HASH
  return fits.test(given)
    ? given
    : refuse(
        field,
        `is "${given.slice(0, 100)}", not a transaction`,
        'Write all 64 digits in lower case; with 0x on EVM chains, without on Bitcoin.',
      )
}

/** CAIP-19 of a native coin or an ERC-20 token, or a symbol where there is no such name. */
export function asset(field: Field): string {
  const given = text(field)
  if (SYMBOL.test(given)) return given
  const [, on, , contract] = ASSET.exec(given) ?? []
  const known = on !== undefined && (EVM.test(on) || bitcoinNetwork(on)?.name === 'main')
  if (known && (contract === undefined || given === erc20Asset(on, contract))) return given
  return refuse(
    field,
    `is "${given.slice(0, 100)}"`,
    'CAIP-19 with a native coin (slip44) or a token (erc20, lower case) on an EVM chain or Bitcoin; else the symbol.',
  )
}

export function symbol(field: Field): string {
  const given = text(field)
  return SYMBOL.test(given) ? given : refuse(field, `is "${given.slice(0, 40)}"`, 'Letters and digits, beginning with a letter.')
}
