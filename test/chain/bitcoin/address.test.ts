import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addressScript,
  BITCOIN_NETWORKS,
  bitcoinNetwork,
  canonicalBitcoinName,
  type NetworkName,
  scriptAddress,
  scriptName,
} from '../../../src/chain/index.ts'

const { main, test: testnet, regtest } = BITCOIN_NETWORKS
const hex = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString('hex'))
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))
const networkOf = (address: string): typeof main => (/^tb1/i.test(address) ? testnet : main)

/** BIP 350, "Test vectors for v0-v16 native segregated witness addresses", which take the place of those of BIP 173. */
const VALID_WITNESS = [
  ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
  [
    'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7',
    '00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262',
  ],
  [
    'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
    '5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6',
  ],
  ['BC1SW50QGDZ25J', '6002751e'],
  ['bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs', '5210751e76e8199196d454941c45d1b3a323'],
  [
    'tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy',
    '0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433',
  ],
  [
    'tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c',
    '5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433',
  ],
  [
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
    '512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
  ],
] as const

const INVALID_WITNESS = [
  ['tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut', 'invalid human-readable part'],
  ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd', 'bech32 instead of bech32m'],
  ['tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf', 'bech32 instead of bech32m'],
  ['BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL', 'bech32 instead of bech32m'],
  ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh', 'bech32m instead of bech32'],
  ['tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47', 'bech32m instead of bech32'],
  ['bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4', 'invalid character in checksum'],
  ['BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R', 'invalid witness version'],
  ['bc1pw5dgrnzv', 'program of 1 byte'],
  ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav', 'program of 41 bytes'],
  ['BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P', 'invalid program length for witness version 0'],
  ['tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq', 'mixed case'],
  ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf', 'zero padding of more than 4 bits'],
  ['tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j', 'padding that is not zero'],
  ['bc1gmk9yu', 'empty data section'],
] as const

describe('witness addresses', () => {
  it.each(VALID_WITNESS)('%s stands for %s', (address, script) => {
    const network = networkOf(address)
    expect(hex(addressScript(address, network))).toBe(script)
    expect(scriptAddress(bytes(script), network)).toBe(address.toLowerCase())
    expect(canonicalBitcoinName(address, network)).toBe(address.toLowerCase())
  })

  it.each(INVALID_WITNESS)('%s is none: %s', (address) => {
    for (const network of [main, testnet, regtest]) expect(addressScript(address, network)).toBeNull()
  })

  it('belong to one network', () => {
    for (const [address] of VALID_WITNESS) {
      const own = networkOf(address)
      for (const network of [main, testnet, regtest]) expect(addressScript(address, network) === null).toBe(network !== own)
    }
  })

  it('an anchor has one too (pay-to-anchor, Bitcoin Core 28)', () => {
    expect(scriptAddress(bytes('51024e73'), main)).toBe('bc1pfeessrawgf')
    expect(hex(addressScript('bc1pfeessrawgf', main))).toBe('51024e73')
  })
})

describe('base58 addresses', () => {
  // The key of the genesis block's output; the examples of the Bitcoin wiki, "Invoice address"; Bitcoin Core, src/test/data/base58_keys_valid.json.
  it.each([
    ['main', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', '76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac'],
    ['main', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2', '76a91477bff20c60e522dfaa3350c39b030a5d004e839a88ac'],
    ['main', '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', 'a914b472a266d0bd89c13706a4132ccfb16f7c3b9fcb87'],
    ['test', 'mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs', '76a91453c0307d6851aa0ce7825ba883c6bd9ad242b48688ac'],
    ['test', '2N2JD6wb56AfK4tfmM6PwdVmoYk2dCKf4Br', 'a9146349a418fc4578d10a372b54b45c280cc8c4382f87'],
  ] as const)('of %s: %s stands for %s', (name, address, script) => {
    const network = BITCOIN_NETWORKS[name]
    expect(hex(addressScript(address, network))).toBe(script)
    expect(scriptAddress(bytes(script), network)).toBe(address)
    expect(addressScript(address, name === 'main' ? testnet : main)).toBeNull()
  })

  it.each([
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', 'wrong checksum'],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a', 'a letter that is not in the alphabet'],
    ['', 'nothing'],
    ['1', 'too short'],
    ['L1aW4aubDFB7yfras2S1mN3bqg9nwySY8nkoLmJebSLD5BWv3ENZ', 'a private key'],
    ['LVg2kJoFNg45Nbpy53h7Fe1wKyeXVRhMH9', 'of Litecoin'],
    ['1'.repeat(5000), 'too long'],
  ])('%s is none: %s', (address) => {
    for (const network of [main, testnet, regtest]) expect(addressScript(address, network)).toBeNull()
  })
})

describe('names of scripts', () => {
  const script = fc.oneof(
    fc.uint8Array({ minLength: 20, maxLength: 20 }).map((hash) => Uint8Array.of(0x76, 0xa9, 0x14, ...hash, 0x88, 0xac)),
    fc.uint8Array({ minLength: 20, maxLength: 20 }).map((hash) => Uint8Array.of(0xa9, 0x14, ...hash, 0x87)),
    fc.tuple(fc.integer({ min: 0, max: 16 }), fc.uint8Array({ minLength: 2, maxLength: 40 })).map(([version, program]) => {
      const valid = version > 0 || program.length === 20 || program.length === 32 ? program : new Uint8Array(32).fill(program[0] as number)
      return Uint8Array.of(version === 0 ? 0 : 0x50 + version, valid.length, ...valid)
    }),
  )
  const network = fc.constantFrom<NetworkName>('main', 'test', 'regtest').map((name) => BITCOIN_NETWORKS[name])

  it('lead back to the script, and are their own canonical form', () => {
    fc.assert(
      fc.property(script, network, (original, on) => {
        const address = scriptAddress(original, on)
        expect(address).not.toBeNull()
        expect(hex(addressScript(address as string, on))).toBe(hex(original))
        expect(canonicalBitcoinName(address as string, on)).toBe(address)
        expect(scriptName(original, on)).toBe(address)
      }),
    )
  })

  it('whatever the script, are an address that stands for it, or the hash that Esplora files it under', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), network, (bytesOf, on) => {
        const name = scriptName(bytesOf, on)
        const address = scriptAddress(bytesOf, on)
        if (address === null) expect(name).toBe(`scripthash:${createHash('sha256').update(bytesOf).digest('hex')}`)
        else expect(hex(addressScript(address, on))).toBe(hex(bytesOf))
        expect(canonicalBitcoinName(name, on)).toBe(name)
      }),
    )
  })

  it('no text makes the readers fail, and whatever they take stands for a script that has an address', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 100 }),
          fc.base64String({ maxLength: 60 }).map((text) => `bc1${text}`),
        ),
        (text) => {
          const found = addressScript(text, main)
          if (found !== null) expect(scriptAddress(found, main)).not.toBeNull()
          expect(canonicalBitcoinName(text, main) === null).toBe(found === null && !/^scripthash:[0-9a-f]{64}$/.test(text))
        },
      ),
    )
  })

  it('one changed letter makes an address none', () => {
    fc.assert(
      fc.property(script, fc.nat(), fc.constantFrom(...'023456789acdefghjklmnpqrstuvwxyz'), (original, where, letter) => {
        const address = scriptAddress(original, main) as string
        const at = 4 + (where % (address.length - 4))
        if (address[at] === letter) return
        expect(addressScript(address.slice(0, at) + letter + address.slice(at + 1), main)).toBeNull()
      }),
    )
  })
})

describe('networks', () => {
  it('have the chain ids of CAIP-4: the first half of the hash of the genesis block', () => {
    expect(main.chain).toBe('bip122:000000000019d6689c085ae165831e93')
    expect(main.asset).toBe('bip122:000000000019d6689c085ae165831e93/slip44:0')
    expect(testnet.chain).toBe('bip122:000000000933ea01ad0ee984209779ba')
    for (const network of [main, testnet, regtest]) expect(bitcoinNetwork(network.chain)).toBe(network)
    expect(bitcoinNetwork('eip155:1')).toBeNull()
  })
})
