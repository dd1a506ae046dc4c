import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCOUNT_KEY_BYTES, SCRIPT_TYPES, type ScriptType, scriptOfKey, scriptTypeOf, writeAccountKey } from '../../../src/chain/index.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

function typeOf(script: Uint8Array): ScriptType | undefined {
  // Inside other bytes, as in a block: what lies around a script must not matter.
  const around = Uint8Array.of(0x51, 0x76, ...script, 0xae, 0x87)
  return SCRIPT_TYPES[scriptTypeOf(around, 2, 2 + script.length)]
}

const KEY = `02${'11'.repeat(32)}`
const LONG = `04${'22'.repeat(64)}`
const HASH = '33'.repeat(20)
const PROGRAM = '44'.repeat(32)

describe('kinds of locking scripts', () => {
  it.each([
    // The output of the genesis block.
    [
      'p2pk',
      '41 04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f ac',
    ],
    ['p2pk', `21 ${KEY} ac`],
    ['p2pk', `21 03${'11'.repeat(32)} ac`],
    ['p2pk', `41 06${'22'.repeat(64)} ac`],
    ['p2pkh', `76a914 ${HASH} 88ac`],
    ['p2sh', `a914 ${HASH} 87`],
    ['p2wpkh', `0014 ${HASH}`],
    ['p2wsh', `0020 ${PROGRAM}`],
    ['p2tr', `5120 ${PROGRAM}`],
    ['multisig', `51 21 ${KEY} 51 ae`],
    ['multisig', `52 21 ${KEY} 41 ${LONG} 21 ${KEY} 53 ae`],
    ['multisig', `60 ${`21 ${KEY}`.repeat(16)} 60 ae`],
    ['witness', `5220 ${PROGRAM}`],
    ['witness', `5114 ${HASH}`],
    ['witness', '51 02 4e73'],
    ['witness', `6028 ${'55'.repeat(40)}`],
    ['data', '6a'],
    ['data', '6a 04 deadbeef'],
    ['data', `6a ${'ff'.repeat(100)}`],
  ] as const)('%s: %s', (type, script) => {
    expect(typeOf(bytes(script))).toBe(type)
  })

  it.each([
    ['nothing', ''],
    ['P2PKH of a short hash', `76a913 ${'33'.repeat(19)} 88ac`],
    ['P2PKH without its end', `76a914 ${HASH} 88`],
    ['P2PKH with OP_EQUAL for OP_EQUALVERIFY', `76a914 ${HASH} 87ac`],
    ['P2SH of 21 bytes', `a915 ${HASH}00 87`],
    ['P2SH that pushes by OP_PUSHDATA1', `a94c14 ${HASH} 87`],
    ['P2PK whose key begins with 5', `21 05${'11'.repeat(32)} ac`],
    ['P2PK of a short key that begins like a long one', `21 04${'11'.repeat(32)} ac`],
    ['P2PK of a long key that begins like a short one', `41 02${'22'.repeat(64)} ac`],
    ['a witness program of version 0 and 21 bytes', `0015 ${HASH}00`],
    ['a witness program of 1 byte', '5101aa'],
    ['a witness program of 41 bytes', `5129 ${'55'.repeat(41)}`],
    ['a witness program that is cut short', `5120 ${HASH}`],
    ['multisig of none', '51 50 ae'],
    ['multisig of two of one', `52 21 ${KEY} 51 ae`],
    ['multisig of none of one', `00 21 ${KEY} 51 ae`],
    ['multisig that says three and has two', `51 21 ${KEY} 21 ${KEY} 53 ae`],
    ['multisig with a key that is none', `51 21 00${'11'.repeat(32)} 51 ae`],
    ['multisig of seventeen', `51 ${`21 ${KEY}`.repeat(17)} 61 ae`],
    ['OP_CHECKMULTISIG alone', 'ae'],
    ['an opcode and nothing else', '51'],
  ])('%s is of no kind that has a name', (_, script) => {
    expect(typeOf(bytes(script))).toBe('other')
  })

  it('are told of any bytes whatever, wherever they end', () => {
    const first = fc.constantFrom(0x00, 0x21, 0x41, 0x51, 0x60, 0x6a, 0x76, 0xa9)
    fc.assert(
      fc.property(first, fc.uint8Array({ maxLength: 70 }), (op, rest) => {
        expect(SCRIPT_TYPES).toContain(typeOf(Uint8Array.of(op, ...rest)))
      }),
    )
  })
})

function keyOf(script: Uint8Array): { readonly type: number; readonly key: Uint8Array } {
  const type = scriptTypeOf(script, 0, script.length)
  const target = new Uint8Array(ACCOUNT_KEY_BYTES + 8).fill(0xee)
  writeAccountKey(type, script, 0, script.length, target, 4)
  expect([...target.subarray(0, 4), ...target.subarray(-4)]).toEqual(new Array(8).fill(0xee))
  return { type, key: target.slice(4, 4 + ACCOUNT_KEY_BYTES) }
}

describe('account keys', () => {
  const script = fc.oneof(
    fc.uint8Array({ minLength: 20, maxLength: 20 }).map((hash) => Uint8Array.of(0x76, 0xa9, 0x14, ...hash, 0x88, 0xac)),
    fc.uint8Array({ minLength: 20, maxLength: 20 }).map((hash) => Uint8Array.of(0xa9, 0x14, ...hash, 0x87)),
    fc.uint8Array({ minLength: 20, maxLength: 20 }).map((hash) => Uint8Array.of(0x00, 0x14, ...hash)),
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((program) => Uint8Array.of(0x00, 0x20, ...program)),
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((program) => Uint8Array.of(0x51, 0x20, ...program)),
    fc.uint8Array({ minLength: 2, maxLength: 40 }).map((program) => Uint8Array.of(0x52, program.length, ...program)),
    fc.uint8Array({ minLength: 1, maxLength: 60 }),
  )

  it('lead back to the script where they hold its hash or program, and are its SHA-256 elsewhere', () => {
    fc.assert(
      fc.property(script, (original) => {
        const { type, key } = keyOf(original)
        const back = scriptOfKey(type, key)
        const digest = createHash('sha256').update(original).digest('hex')
        if (back === null) expect(Buffer.from(key).toString('hex')).toBe(digest)
        else expect(Buffer.from(back).toString('hex')).toBe(Buffer.from(original).toString('hex'))
      }),
    )
  })

  it('differ, or their types do, where scripts differ', () => {
    fc.assert(
      fc.property(script, script, (a, b) => {
        const [left, right] = [keyOf(a), keyOf(b)]
        const same = left.type === right.type && Buffer.compare(left.key, right.key) === 0
        expect(same).toBe(Buffer.compare(a, b) === 0)
      }),
    )
  })

  it('have codes on disk that never change', () => {
    expect(SCRIPT_TYPES).toEqual(['p2pk', 'p2pkh', 'p2sh', 'multisig', 'p2wpkh', 'p2wsh', 'p2tr', 'witness', 'data', 'other'])
  })
})
