import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contradictsSwap, printable, pushedBytes, swapMemo } from '../../../src/attribution/bitcoin/memo/index.ts'
import type { BitcoinOutput } from '../../../src/ledger/index.ts'

/** An output that pays account `account`. */
function output(index: number, account: number | null, value: bigint): BitcoinOutput {
  return { output: index, tx: 0, index, value, account, script: account === null ? 'data' : 'p2wpkh', spentBy: null }
}

const SENDER = 1
const VAULT = 2
const INPUT = output(90, SENDER, 100_000n)

/** A transaction of the usual form: the vault is paid, the sender gets change, and each script is an OP_RETURN. */
function transaction(...scripts: readonly Uint8Array[]): Parameters<typeof swapMemo>[0] {
  return {
    inputs: [INPUT],
    outputs: [output(0, VAULT, 70_000n), output(1, SENDER, 29_000n), ...scripts.map((_, k) => output(2 + k, null, 0n))],
    data: scripts.map((script, k) => ({ index: 2 + k, script })),
  }
}

function pushOf(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'latin1')
  return Uint8Array.of(0x6a, ...(bytes.length < 0x4c ? [bytes.length] : [0x4c, bytes.length]), ...bytes)
}

const memoOf = (text: string): ReturnType<typeof swapMemo> => swapMemo(transaction(pushOf(text)))

describe('memos of THORChain', () => {
  // "Real-world examples" of its documentation: docs/concepts/memos.md and memo-length-reduction.md of thornode, as published for the audit code-423n4/2024-06-thorchain.
  it.each([
    ['SWAP:ETH.ETH:0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0', 'ETH.ETH', 'ETH', '0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0', null, null],
    [
      'SWAP:ETH.ETH:0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0:10000000/3/0:t:10',
      'ETH.ETH',
      'ETH',
      '0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0',
      '10000000',
      't',
    ],
    [
      's:ETH.ETH:0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0:1e6/3/0:t:10',
      'ETH.ETH',
      'ETH',
      '0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0',
      '1e6',
      't',
    ],
    [
      '=:r:thor1el4ufmhll3yw7zxzszvfakrk66j7fx0tvcslym:19779138111',
      'THOR.RUNE',
      'THOR',
      'thor1el4ufmhll3yw7zxzszvfakrk66j7fx0tvcslym',
      '19779138111',
      null,
    ],
    [
      '=:ETH/USDC-0XA0B86991C6218B36C1D19D4A2E9EB0CE3606EB48:thor15s4apx9ap7lazpsct42nmvf0t6am4r3w0r64f2:628197586176',
      'ETH/USDC-0XA0B86991C6218B36C1D19D4A2E9EB0CE3606EB48',
      'THOR',
      'thor15s4apx9ap7lazpsct42nmvf0t6am4r3w0r64f2',
      '628197586176',
      null,
    ],
    [
      '=:BSC.BNB:0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0:544e6/2/6',
      'BSC.BNB',
      'BSC',
      '0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0',
      '544e6',
      null,
    ],
    [
      '=:BTC~BTC:thor1g6pnmnyeg48yc3lg796plt0uw50qpp7humfggz:1e6/1/0:dx:10',
      'BTC~BTC',
      'THOR',
      'thor1g6pnmnyeg48yc3lg796plt0uw50qpp7humfggz',
      '1e6',
      'dx',
    ],
    ['=:e:dx:161e6:t:10', 'ETH.ETH', 'ETH', 'dx', '161e6', 't'],
    ['=:ETH.USDT:dx:100e7:t:10', 'ETH.USDT', 'ETH', 'dx', '100e7', 't'],
    ['=:ETH.USDT-6994597c13d831ec7:dx', 'ETH.USDT-6994597C13D831EC7', 'ETH', 'dx', null, null],
  ] as const)('%s is a swap to %s', (text, asset, chain, destination, limit, affiliate) => {
    expect(memoOf(text)).toEqual({
      protocol: 'THORChain or Maya',
      asset,
      chain,
      destination,
      refund: null,
      limit,
      affiliate,
      text,
      output: 0,
    })
  })

  it('name an address for what comes back, where they do', () => {
    // thornode merge request 3151.
    const memo = memoOf('=:BTC.BTC:bc1q6527vxxqjpq80la2l0sw7hay3lj6dz07zs6gzl/0x7a093cebfa77403672d68e1c22d0681400a36682')
    expect(memo).toMatchObject({
      destination: 'bc1q6527vxxqjpq80la2l0sw7hay3lj6dz07zs6gzl',
      refund: '0x7a093cebfa77403672d68e1c22d0681400a36682',
    })
  })

  it.each([
    'ADD:BTC.BTC',
    'wd:BTC/BTC:1000',
    'MIGRATE:3494355',
    'OUT:8330CAC064370F86352D247DE3046C9AA8C3E53C78760E5D35CFC7CAA3068DC6',
    'LOAN+:BSC.BUSD:0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0',
    '=',
    '=:',
    '=:bitcoin is great',
    'omni',
    '',
  ])('%j asks for no swap', (text) => {
    expect(memoOf(text)).toBeNull()
  })

  it('are read from the script itself: the transaction of TWTHORChainSwap, SwapBtcToEth in Trust Wallet Core', () => {
    const script = Buffer.from(
      '6a403d3a4554482e4554483a3078623966353737316332373636346266323238326439386530396437663530636563376362303161373a3134303030303030303030',
      'hex',
    )
    expect(swapMemo(transaction(script))).toMatchObject({
      asset: 'ETH.ETH',
      destination: '0xb9f5771c27664bf2282d98e09d7f50cec7cb01a7',
      limit: '14000000000',
      output: 0,
    })
  })

  it('may lie in two OP_RETURN outputs, of which the protocol joins the texts (thornode, TestGetMemo)', () => {
    const parts = [
      '6a4c50737761703a6574682e3078633534633135313236393646334541373935366264396144343130383138654563414443466666663a30786335346331353132363936463345413739353662643961443431',
      '6a1a30383138654563414443466666663a3130303030303030303030',
    ].map((hex) => Buffer.from(hex, 'hex'))
    expect(swapMemo(transaction(...parts))).toMatchObject({
      text: 'swap:eth.0xc54c1512696F3EA7956bd9aD410818eEcADCFfff:0xc54c1512696F3EA7956bd9aD410818eEcADCFfff:10000000000',
      destination: '0xc54c1512696F3EA7956bd9aD410818eEcADCFfff',
    })
  })

  it('go with the first output that holds value and does not go back to the sender', () => {
    const scripts = [pushOf('=:e:0x388C818CA8B9251b393131C08a736A67ccB19297')]
    const { data } = transaction(...scripts)
    const read = (outputs: readonly BitcoinOutput[]): number | undefined => swapMemo({ inputs: [INPUT], outputs, data })?.output
    expect(read([output(0, SENDER, 9n), output(1, null, 0n), output(2, VAULT, 5n)])).toBe(2)
    expect(read([output(0, VAULT + 1, 0n), output(1, VAULT, 5n), output(2, null, 0n)])).toBe(1)
    expect(read([output(0, SENDER, 9n), output(1, null, 0n)])).toBeUndefined()
  })

  it('are passed over where the protocol passes them over: more than ten payments, or more than 250 bytes', () => {
    const memo = pushOf('=:e:0x388C818CA8B9251b393131C08a736A67ccB19297')
    const payments = (count: number): ReturnType<typeof swapMemo> =>
      swapMemo({
        inputs: [INPUT],
        outputs: [...Array.from({ length: count }, (_, k) => output(k, VAULT + k, 5n)), output(count, null, 0n)],
        data: [{ index: count, script: memo }],
      })
    expect(payments(10)).not.toBeNull()
    expect(payments(11)).toBeNull()
    expect(memoOf(`=:e:${'0'.repeat(200)}`)).not.toBeNull()
    expect(memoOf(`=:e:${'0'.repeat(247)}`)).toBeNull()
  })

  it('of a vault that spends do not gainsay a swap; any other spender does', () => {
    for (const text of ['OUT:8330CAC064', 'REFUND:8330CAC064', 'MIGRATE:3494355', 'consolidate', 'RAGNAROK:3494355'])
      expect(contradictsSwap(transaction(pushOf(text)))).toBe(false)
    for (const spender of [transaction(), transaction(pushOf('=:e:dx')), transaction(pushOf('outright'))])
      expect(contradictsSwap(spender)).toBe(true)
  })
})

describe('bytes that an OP_RETURN pushes', () => {
  it('are those of its one push, in every form of a push', () => {
    const bytes = (...list: readonly number[]): Uint8Array => Uint8Array.of(...list)
    expect(pushedBytes(bytes(0x6a, 2, 65, 66))).toEqual(bytes(65, 66))
    expect(pushedBytes(bytes(0x6a, 0x4c, 2, 65, 66))).toEqual(bytes(65, 66))
    expect(pushedBytes(bytes(0x6a, 0x4d, 2, 0, 65, 66))).toEqual(bytes(65, 66))
    expect(pushedBytes(bytes(0x6a, 0x4e, 2, 0, 0, 0, 65, 66))).toEqual(bytes(65, 66))
    expect(pushedBytes(bytes(0x6a, 0))).toEqual(bytes())
  })

  it('are none where the script is cut short, pushes twice, or does something else', () => {
    for (const script of [
      [0x6a],
      [0x6a, 3, 65, 66],
      [0x6a, 0x4c],
      [0x6a, 0x4e, 255, 255, 255, 255],
      [0x6a, 1, 65, 1, 66],
      [0x6a, 0x51],
      [0x51, 1, 65],
    ])
      expect(pushedBytes(Uint8Array.from(script))).toBeNull()
  })

  it('are read of any script whatever without failing, and written so that no letter steers a terminal or a page', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (tail) => {
        const script = Uint8Array.of(0x6a, ...tail)
        const pushed = pushedBytes(script)
        if (pushed !== null) expect(printable(pushed)).toMatch(/^[\x20-\x7e]*$/)
        const memo = swapMemo(transaction(script))
        if (memo !== null) expect(memo.text).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
  })

  it('written as text are told apart: no two memos look alike', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (a, b) => {
        expect(printable(a) === printable(b)).toBe(Buffer.compare(a, b) === 0)
      }),
    )
    expect(printable(Buffer.from('a\u001b[2J\\x41'))).toBe('a\\x1b[2J\\x5cx41')
  })
})
