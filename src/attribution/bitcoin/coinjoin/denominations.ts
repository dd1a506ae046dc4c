/** Largest amount of a WabiSabi round, `MaxAmountPerAlice`: 43,000 BTC. */
const MOST = 4_300_000_000_000

/** Smallest output of the rounds of every coordinator seen, `MinRegistrableAmount`. */
const LEAST = 5_000

/**
 * Standard denominations of Wasabi 2 in satoshis: powers of 2, powers of 3 and their doubles, powers of 10 and their doubles and fivefolds. Clients decompose what they own into these without
 * talking to each other, so that outputs of several become equal (WalletWasabi, `StandardDenomination`).
 */
export const WASABI2_DENOMINATIONS: ReadonlySet<number> = standard()

function standard(): Set<number> {
  const all = new Set<number>()
  const add = (base: number, times: readonly number[]): void => {
    for (let power = 1; power <= MOST; power *= base) {
      for (const time of times) if (power * time >= LEAST && power * time <= MOST) all.add(power * time)
    }
  }
  add(2, [1])
  add(3, [1, 2])
  add(10, [1, 2, 5])
  return all
}
