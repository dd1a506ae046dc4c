import { addressFault, addressScript, BITCOIN_NETWORKS } from '../chain/index.ts'

const EVM = /^0x[0-9a-fA-F]{40}$/i
/** Witness addresses of Bitcoin's networks, which may be written in either case and are the same in both (BIP 173). */
const BECH32 = /^(?:bc|tb|bcrt)1[0-9a-z]+$/i

/** An address in the form under which tags are kept, and what was odd about it. */
export interface ReadAddress {
  /** Lower-case 0x for EVM, lower-case bech32 for Bitcoin; as given elsewhere. */
  readonly address: string
  /** Something that a person should look at, or null. */
  readonly note: string | null
}

export function isEvmAddress(text: string): boolean {
  return EVM.test(text)
}

/** The lookup form of an address as people write it. */
export function canonicalAddress(text: string): string {
  const trimmed = text.trim()
  return isEvmAddress(trimmed) || BECH32.test(trimmed) ? trimmed.toLowerCase() : trimmed
}

/**
 * Check and canonicalise; a string gives the reason why it is no address.
 *
 * @param currency as the tag has it: an address of Bitcoin (`BTC`) has a checksum, and a wrong one is worth a note
 */
export function readAddress(text: string, currency: string | null = null): ReadAddress | string {
  const given = text.trim()
  if (given === '') return 'is empty'
  if (given.length > 200) return `is ${given.length} characters long`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\s\u0000-\u001f\u007f]/.test(given)) return 'contains spaces or control characters'
  if (isEvmAddress(given)) {
    const wrong = addressFault(`0x${given.slice(2)}`) !== null
    const note = wrong ? `${given} has a wrong EIP-55 checksum: a letter may be mistyped` : null
    return { address: given.toLowerCase(), note }
  }
  if (/^0x[0-9a-f]*$/i.test(given) && given.length < 50) return `has ${given.length - 2} hex digits where an EVM address has 40`
  const address = canonicalAddress(given)
  const known =
    currency !== 'BTC' ||
    given.startsWith('scripthash:') ||
    Object.values(BITCOIN_NETWORKS).some((network) => addressScript(given, network) !== null)
  return { address, note: known ? null : `${given} is no Bitcoin address of any network: a character may be mistyped` }
}
