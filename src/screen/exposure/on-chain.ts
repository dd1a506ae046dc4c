import { bitcoinNetwork, type ChainId, CordonError } from '../../chain/index.ts'
import { ABSENT, type Ledger } from '../../ledger/index.ts'
import { normaliseWallet } from '../identifiers/index.ts'
import type { Screener } from '../match/screener.ts'
import type { Listed } from './document.ts'

/** Who is listed at an address of a chain, by a screener: one of another chain with the same key counts, since the same person holds it. */
export function listedBy(screener: Screener, chain: ChainId): Listed {
  const asset = assetOf(chain)
  return (address) => screener.listedWallet(address, asset)
}

/**
 * The account of a ledger that a text means: the address out of a payment URI, in whatever letter case. It need not have any transfer there.
 *
 * @throws CordonError `screen/not-an-account` where the text is no address, or one of another chain
 */
export async function accountOn(ledger: Ledger, text: string): Promise<string> {
  const { chain } = ledger.manifest
  const { family, address, fault } = normaliseWallet(text, assetOf(chain))
  if (address !== null && family === familyOf(chain)) return address
  // What a ledger goes by besides addresses, such as a script's hash.
  const [known = ABSENT] = await ledger.accountIds([text])
  if (known !== ABSENT) return text
  const what = fault === null ? `it is an address of ${family}` : fault.text
  throw new CordonError('screen/not-an-account', `${JSON.stringify(text.slice(0, 120))} is no account of ${chain}: ${what}`, {
    remedy: 'Give an address of the chain that the ledger is of, or screen it without a ledger.',
  })
}

function familyOf(chain: ChainId): 'evm' | 'btc' | 'btc-test' | 'tron' | null {
  if (chain.startsWith('eip155:')) return 'evm'
  if (chain.startsWith('tron:')) return 'tron'
  const network = bitcoinNetwork(chain)
  return network === null ? null : network.name === 'main' ? 'btc' : 'btc-test'
}

/** The code under which lists know what the chain's addresses hold. */
function assetOf(chain: ChainId): string | null {
  return ({ evm: 'ETH', btc: 'BTC', tron: 'TRX' } as Readonly<Record<string, string>>)[familyOf(chain) ?? ''] ?? null
}
