import { addressFault, bitcoinNetwork, type ChainId, CordonError } from '../../chain/index.ts'

/** An account of a chain as CAIP-10 writes it, e.g. `eip155:1:0xd90e…`, with the address in canonical form. */
export type AccountName = string

const CAIP_10 = /^([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}):([-.%a-zA-Z0-9]{1,128})$/

/**
 * Reads an account in CAIP-10. Addresses of EVM chains are checked (EIP-55) and put in lower case, Bech32 ones of Bitcoin too; all others are kept as they are: their letter case means something.
 *
 * @throws CordonError `alerts/account`
 */
export function parseAccount(text: string): { readonly name: AccountName; readonly chain: ChainId; readonly address: string } {
  const [, chain = '', address = ''] = CAIP_10.exec(text) ?? []
  if (chain === '')
    throw bad(text, 'it is not written as CAIP-10', 'Write chain and address, such as eip155:1:0xd90e2f925da726b50c4ed8d0fb90ad053324f31b.')
  const evm = chain.startsWith('eip155:')
  const fault = evm ? addressFault(address) : null
  if (fault !== null) throw bad(text, fault, 'Copy the whole address again from where you have it.')
  const folded = evm || (bitcoinNetwork(chain) !== null && /^(bc|tb|bcrt)1/i.test(address)) ? address.toLowerCase() : address
  return { name: `${chain}:${folded}`, chain, address: folded }
}

function bad(text: string, what: string, remedy: string): CordonError {
  return new CordonError('alerts/account', `${JSON.stringify(text.slice(0, 120))} is no account: ${what}`, {
    place: { field: 'account' },
    remedy,
  })
}
