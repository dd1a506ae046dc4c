import { addressFault, bitcoinNetwork, CordonError, canonicalBitcoinName } from '../../chain/index.ts'

/** An account in its one spelling, as all parties must write it for tokens to meet: CAIP-10, EVM addresses in lower case, bech32 in lower case. */
export type BlindItem = string

const CAIP10 = /^([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}):([-.%:a-zA-Z0-9]{1,128})$/

/**
 * The one spelling of an account `namespace:reference:address` (CAIP-10). Other chains than EVM's and Bitcoin's have their address kept as it is: in base58 the case matters.
 *
 * @throws CordonError `blind/not-an-account`; the text is not repeated, since it may be need-to-know
 */
export function blindItem(text: string): BlindItem {
  const [, chain = '', address = ''] = CAIP10.exec(text) ?? []
  if (chain === '') throw notAnAccount('it is not namespace:reference:address')
  if (chain.startsWith('eip155:')) {
    if (!/^eip155:(?:0|[1-9]\d*)$/.test(chain)) throw notAnAccount('its chain number is not decimal')
    const fault = addressFault(address)
    if (fault !== null) throw notAnAccount(fault)
    return `${chain}:${address.toLowerCase()}`
  }
  const network = bitcoinNetwork(chain)
  if (network !== null) {
    const name = canonicalBitcoinName(address, network)
    if (name === null) throw notAnAccount('it is no address of that Bitcoin network')
    return `${chain}:${name}`
  }
  if (address.includes(':')) throw notAnAccount('it has a colon too many')
  return text
}

/** Items in their one spelling, each once, in no order that means anything. Throws `blind/not-an-account`. */
export function blindItems(texts: readonly string[]): readonly BlindItem[] {
  return [...new Set(texts.map(blindItem))].sort()
}

function notAnAccount(what: string): CordonError {
  return new CordonError('blind/not-an-account', `An account to compare is not one: ${what}.`, {
    remedy: 'Write accounts as CAIP-10, e.g. eip155:1:0x and 40 hex digits.',
  })
}
