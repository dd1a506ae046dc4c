import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import { hexOf } from '../../../src/share/blind/element.ts'

const { oprf, voprf } = ristretto255_oprf
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

const SEED = bytes('a3'.repeat(32))
const KEY_INFO = new TextEncoder().encode('test key')
const BLIND = '64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706'
const BLIND_2 = '222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e'
const INPUTS = ['00', '5a'.repeat(17)]

/** Randomness out of which the library makes these scalars: it takes 1 + (n mod (order - 1)) of little-endian bytes. */
function scalars(...wanted: readonly string[]): (length?: number) => Uint8Array {
  const rest = wanted.map((hex) => BigInt(`0x${Buffer.from(hex, 'hex').reverse().toString('hex')}`) - 1n)
  return (length = 0) => {
    let n = rest.shift()!
    return Uint8Array.from({ length }, () => {
      const byte = Number(n & 0xffn)
      n >>= 8n
      return byte
    })
  }
}

describe('the library keeps RFC 9497, ristretto255-SHA512', () => {
  it('mode OPRF (A.1.1)', () => {
    const { secretKey } = oprf.deriveKeyPair(SEED, KEY_INFO)
    expect(hexOf(secretKey)).toBe('5ebcea5ee37023ccb9fc2d2019f9d7737be85591ae8652ffa9ef0f4d37063b0e')
    const known = [
      [
        '609a0ae68c15a3cf6903766461307e5c8bb2f95e7e6550e1ffa2dc99e412803c',
        '7ec6578ae5120958eb2db1745758ff379e77cb64fe77b0b2d8cc917ea0869c7e',
        '527759c3d9366f277d8c6020418d96bb393ba2afb20ff90df23fb7708264e2f3ab9135e3bd69955851de4b1f9fe8a0973396719b7912ba9ee8aa7d0b5e24bcf6',
      ],
      [
        'da27ef466870f5f15296299850aa088629945a17d1f5b7f5ff043f76b3c06418',
        'b4cbf5a4f1eeda5a63ce7b77c7d23f461db3fcab0dd28e4e17cecb5c90d02c25',
        'f4a74c9c592497375e796aa837e907b1a045d34306a749db9f34221f7e750cb4f2a6413a6bf6fa5e19ba6348eb673934a722a7ede2e7621306d18951e7cf2c73',
      ],
    ]
    for (const [i, input] of INPUTS.entries()) {
      const { blind, blinded } = oprf.blind(bytes(input), scalars(BLIND))
      const evaluated = oprf.blindEvaluate(secretKey, blinded)
      expect([hexOf(blind), hexOf(blinded), hexOf(evaluated), hexOf(oprf.finalize(bytes(input), blind, evaluated))]).toEqual([
        BLIND,
        ...known[i]!,
      ])
    }
  })

  it('mode VOPRF, two inputs in one batch with its proof (A.1.2.3)', () => {
    const { secretKey, publicKey } = voprf.deriveKeyPair(SEED, KEY_INFO)
    expect(hexOf(secretKey)).toBe('e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909')
    expect(hexOf(publicKey)).toBe('c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e')
    const blinds = [BLIND, BLIND_2].map((each, i) => voprf.blind(bytes(INPUTS[i]!), scalars(each)))
    const blinded = blinds.map((each) => each.blinded)
    expect(blinded.map(hexOf)).toEqual([
      '863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945',
      '90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654',
    ])
    const random = scalars('419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c')
    const { evaluated, proof } = voprf.blindEvaluateBatch(secretKey, publicKey, blinded, random)
    expect(evaluated.map(hexOf)).toEqual([
      'aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e',
      'cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a',
    ])
    expect(hexOf(proof)).toBe(
      'cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08',
    )
    const rows = blinds.map((each, i) => ({ ...each, input: bytes(INPUTS[i]!), evaluated: evaluated[i]! }))
    expect(voprf.finalizeBatch(rows, publicKey, proof).map(hexOf)).toEqual([
      'b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c',
      '8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6',
    ])
  })
})
