/** Letters and digits only, lower case: how names of one actor are compared across sources (`gate-io`, `Gate.io`). */
export function bareName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** A stable id from a label: `Liqui.io` gives `liqui-io`. */
export function slug(label: string): string {
  const text = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return text === '' ? 'unnamed' : text
}

/**
 * Whose address a label names, without the part that says which of them: `Binance 14`, `Huobi: Old Address 27`, `Panda.Exchange 1: Hot Wallet`.
 * A customer's deposit address belongs to the exchange: `ShapeShift: Bittrex Deposit` gives Bittrex.
 */
export function ownerInLabel(label: string): string {
  const deposit = /^.+: (.+?) Deposit(?: \d+)?$/.exec(label)
  if (deposit !== null) return deposit[1] as string
  const head = label.split(': ')[0] as string
  return head.replace(/ (?:Hot|Cold|Warm) Wallet(?: \d+)?$/i, '').replace(/[ #]\d+$/, '') || label
}

const WALLET_WORDS = /\b(?:hot|cold|warm|wallet|deposit|multisig)\b/i

/**
 * Whether a label is a token's name rather than a wallet's. Etherscan writes token contracts as `Name (SYM)`, and its word clouds put them under the
 * exchange that issued or lists them: `BNB (BNB)` is not a wallet of Binance.
 */
export function isTokenLabel(label: string): boolean {
  const bracketed = /\(([^()]*)\)$/.exec(label)
  if (bracketed !== null) {
    const symbol = bracketed[1] as string
    if (/ Token$/i.test(symbol) || (!/\s/.test(symbol) && symbol.length <= 20 && !WALLET_WORDS.test(symbol))) return true
  }
  return (
    /(?:^|[\s:_])Token$/i.test(label) ||
    /[a-z]Token$/.test(label) ||
    (/\b(?:Wrapped|Pegged|Peg)\b/.test(label) && !/Tokens$/.test(label)) ||
    /\s(?:USD|dollar)$/i.test(label)
  )
}
