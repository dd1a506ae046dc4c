import { BITCOIN_NETWORKS, type NetworkName } from '../../../chain/index.ts'

/** Networks that are none of ours, to name them when their files turn up (`kernel/chainparams.cpp`). */
const OTHERS: Readonly<Record<number, string>> = { 1087308554: 'signet', 675223068: 'testnet4' }

const BY_MAGIC = new Map(Object.values(BITCOIN_NETWORKS).map((network) => [network.magic, network.name]))

export function networkOfMagic(magic: number): NetworkName | null {
  return BY_MAGIC.get(magic) ?? null
}

/** The four bytes as a file has them, and whose they are. */
export function describeMagic(magic: number): string {
  const name = BY_MAGIC.get(magic) ?? OTHERS[magic]
  return `${magicHex(magic)}${name === undefined ? '' : ` (${name})`}`
}

/** All that are read: `f9beb4d9 (main)` and so on. */
export function knownMagics(): string {
  return [...BY_MAGIC.keys()].map(describeMagic).join(', ')
}

function magicHex(magic: number): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(magic)
  return bytes.toString('hex')
}
