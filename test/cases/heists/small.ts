import { readRegister } from '../../../src/cases/heists/index.ts'

/** Lines of a register with two thefts, to be changed by tests. */
export const SMALL = `format: cordon-heists
version: 1
as_of: 2026-11-25
publishers: [FBI, Victim]
sources:
  - id: fbi-1
    title: Release
    publisher: FBI
    url: https://www.fbi.gov/1
    published: 2024-05
    read: 2026-11-25
    read_as: page
  - id: post
    title: Post mortem
    publisher: Victim
    url: https://example.org/post
    read: 2026-11-25
    read_as: stored copy
heists:
  - id: first
    victim: First Exchange
    kind: exchange
    dates:
      - { when: 2023-01-02, source: post }
    amounts:
      - { symbol: ETH, asset: eip155:1/slip44:60, amount: 10.5, source: post }
    usd:
      - { by: FBI, usd: 1000.25, source: fbi-1 }
      - { by: Victim, usd: 900, source: post }
    attribution:
      - { by: FBI, kind: government, when: 2024-05, confidence: confirmed, source: fbi-1 }
    outcomes:
      - { state: frozen, by: FBI, when: 2024-05, usd: 100, event: a, source: fbi-1 }
      - { state: frozen, by: Victim, when: 2024-05, usd: 50, event: b, source: post }
      - { state: frozen, by: Victim, when: 2024-05, usd: 170, source: post }
    addresses:
      - { chain: eip155:1, address: "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", role: received, source: fbi-1 }
      - { chain: bip122:000000000019d6689c085ae165831e93, address: 1EnJHhq8Jq8vDuZA5ahVh6H4t6jh1mB4rq, role: received, source: post }
      - { chain: eip155:1, address: "0xa0e1c89Ef1a489c9C7dE96311eD5Ce5D32c20E4B", role: held, source: fbi-1 }
  - id: second
    victim: Second Bridge
    kind: bridge
    dates:
      - { when: 2024-03, source: post }
    usd:
      - { by: Victim, usd: 500, source: post }
    attribution:
      - { by: Victim, kind: victim, when: 2024, confidence: suspected, source: post }
    transactions:
      - { chain: eip155:1, hash: "0xc28fad5e8d5e0ce6a2eaf67b6687be5d58113e16be590824d6cfa1a94467d0b7", what: all of it, source: post }
`

/** The small register with one text put for another, which must be there. */
export function changed(from: string, to: string): string {
  if (!SMALL.includes(from)) throw new Error(`the small register has no "${from}"`)
  return SMALL.replace(from, () => to)
}

/** What refuses a register: its code, message and remedy in one text. */
export function refusal(content: string): string {
  try {
    readRegister(content, 'heists.yaml')
  } catch (error) {
    const { code, message, remedy, place } = error as {
      code?: string
      message: string
      remedy?: string
      place?: { line?: number; field?: string }
    }
    return `${code} | ${message} | ${place?.line ?? ''} | ${place?.field ?? ''} | ${remedy}`
  }
  return 'taken'
}
