import { describe, expect, it } from 'vitest'
import { BITCOIN_NETWORKS, coinUnit, erc20Asset, nativeAsset, USD } from '../../src/chain/index.ts'

describe('the unit in which people write an asset', () => {
  it.each([
    [nativeAsset('eip155:1'), { symbol: 'ETH', decimals: 18 }],
    [nativeAsset('eip155:56'), { symbol: 'native coin of eip155:56', decimals: 18 }],
    [BITCOIN_NETWORKS.main.asset, { symbol: 'BTC', decimals: 8 }],
    [BITCOIN_NETWORKS.test.asset, { symbol: 'test BTC', decimals: 8 }],
    [USD, { symbol: 'USD', decimals: 18 }],
    // What a token counts in, its contract says; coins of other chains are not known here.
    [erc20Asset('eip155:1', `0x${'a'.repeat(40)}`), null],
    ['tron:0x2b6653dc/slip44:195', null],
    ['tron:0x2b6653dc/slip44:60', null],
    [`${BITCOIN_NETWORKS.main.chain}/slip44:1`, null],
    ['eip155:1', null],
    ['', null],
  ])('of %s', (asset, unit) => expect(coinUnit(asset)).toEqual(unit))
})
