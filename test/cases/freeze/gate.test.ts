import { describe, expect, test } from 'vitest'
import { type FreezePoint, type FreezeRequest, freezeGate, readFreezeRequest } from '../../../src/cases/freeze/index.ts'
import { DIRECTORY, NOW, REQUEST } from './example.ts'

const [P1, P2] = REQUEST.points as readonly [FreezePoint, FreezePoint]
const gate = (request: FreezeRequest) => freezeGate(readFreezeRequest(request), { directory: DIRECTORY, now: NOW, confirm: null })
const faults = (request: FreezeRequest) => gate(request).faults.map(({ field, code }) => `${field} ${code}`)
const warnings = (request: FreezeRequest) => gate(request).warnings.map(({ field, code }) => `${field} ${code}`)
const withPoint = (change: Partial<FreezePoint>): FreezeRequest => ({ ...REQUEST, points: [{ ...P1, ...change }] })

describe('The gate', () => {
  test('lets a complete request pass', () => {
    expect(gate(REQUEST)).toEqual({ passed: true, faults: [], warnings: [] })
  })

  test('names everything that is missing at once', () => {
    const empty: FreezeRequest = {
      ...REQUEST,
      caseNumber: '',
      exchange: '',
      channel: null,
      agency: { name: '', unit: null, nation: '', address: null },
      authority: { basis: ' ', competentAuthority: '', offence: '—' },
      requester: { name: '', title: '', email: '', phone: null, proof: { kind: 'badge', reference: '', file: null } },
      order: null,
      asked: { kind: 'freeze', reach: 'account', scope: '', durationHours: null, records: [] },
      incident: { at: '', summary: '' },
      points: [
        {
          id: '',
          txHash: '',
          chain: 'eip155:1',
          block: null,
          from: '',
          to: '',
          asset: '',
          symbol: null,
          amount: '',
          decimals: null,
          time: '',
          usd: null,
          memo: null,
        },
      ],
      chronology: [],
      contacts: [],
      treaty: null,
    }
    expect(faults(empty)).toEqual([
      'exchange missing',
      'caseNumber missing',
      'agency.name missing',
      'agency.nation missing',
      'authority.basis missing',
      'authority.competentAuthority missing',
      'authority.offence missing',
      'requester.name missing',
      'requester.title missing',
      'requester.email missing',
      'requester.proof.reference missing',
      'order missing',
      'asked.scope missing',
      'asked.durationHours missing',
      'incident.at missing',
      'incident.summary missing',
      'chronology missing',
      'contacts missing',
      'points[0].txHash missing',
      'points[0].to not-an-address',
      'points[0].from not-an-address',
      'points[0].block missing',
      'points[0].asset not-an-asset',
      'points[0].amount not-exact',
      'points[0].decimals missing',
      'points[0].time missing',
      'points[0].id missing',
    ])
    for (const { what, remedy } of gate(empty).faults) {
      expect(what).toMatch(/\S/)
      expect(remedy).toMatch(/\S/)
    }
  })

  test.each([
    '0x46dee…7882',
    '0x46deef...ad7882',
    '0x46deef0f52****',
    '46deef0f52e3a983b67abf4714448a41dd7ffd6d32d32da69d62081c68ad7882',
    `${P1.txHash}0`,
    P1.txHash.slice(0, -1),
  ])('refuses the transaction hash %s', (txHash) => {
    expect(faults(withPoint({ txHash }))).toHaveLength(1)
    expect(faults(withPoint({ txHash }))[0]).toMatch(/^points\[0\]\.txHash /)
  })

  test('gives the right spelling of a deposit address without its EIP-55 checksum', () => {
    const [fault] = gate(withPoint({ to: P1.to.toLowerCase() })).faults
    expect(fault).toMatchObject({ code: 'no-checksum', field: 'points[0].to', remedy: `Write ${P1.to}.` })
    expect(faults(withPoint({ to: P1.to.replace('dD', 'Dd') }))).toEqual(['points[0].to bad-checksum'])
    expect(faults(withPoint({ to: `0x${'0'.repeat(40)}` }))).toEqual(['points[0].to null-address'])
    expect(faults(withPoint({ from: P1.from.toLowerCase() }))).toEqual([])
  })

  test('checks Bitcoin, TRON and Solana by their own checksums and lengths', () => {
    const bitcoin = (to: string) => faults({ ...REQUEST, points: [{ ...P2, to }] })
    expect(bitcoin('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5')).toEqual(['points[0].to not-an-address'])
    expect(bitcoin('BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4')).toEqual(['points[0].to other-spelling'])
    expect(bitcoin('tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx')).toEqual(['points[0].to not-an-address'])
    const tron: Partial<FreezePoint> = {
      chain: 'tron:0x2b6653dc',
      txHash: P1.txHash.slice(2),
      asset: 'tron:0x2b6653dc/trc20:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
      from: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    }
    expect(faults(withPoint({ ...tron, to: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' }))).toEqual([])
    expect(faults(withPoint({ ...tron, to: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T' }))).toEqual(['points[0].to not-an-address'])
    const solana: Partial<FreezePoint> = {
      chain: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp',
      txHash: '5h6xBEauJ3PK6SWCZ1PGjBvj8vDdWG3KpwATGy1ARAXFSDwt8GFXM7W5Ncn16wmqokgpiKRLuS83KUxyZyv2sUYv',
      asset: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/slip44:501',
      from: 'So11111111111111111111111111111111111111112',
      to: 'So11111111111111111111111111111111111111112',
    }
    expect(faults(withPoint(solana))).toEqual([])
    expect(faults(withPoint({ ...solana, to: 'So1111111111111111111111111111111111111111' }))).toEqual(['points[0].to not-an-identifier'])
  })

  test('says of a chain that it does not know that nothing was checked', () => {
    const cosmos = withPoint({
      chain: 'cosmos:cosmoshub-4',
      asset: 'cosmos:cosmoshub-4/slip44:118',
      to: 'cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh',
      from: 'cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh',
      txHash: 'A'.repeat(64),
    })
    expect(faults(cosmos)).toEqual([])
    expect(warnings(cosmos)).toEqual(['points[0].txHash unchecked', 'points[0].to unchecked', 'points[0].from unchecked'])
  })

  test.each([
    ['2026-02-21', 'not-utc', 'Add the time of day in UTC, as the block has it: exchanges refuse dates alone.'],
    ['2026-02-21T23:31:11+09:00', 'not-utc', 'In UTC that is 2026-02-21T14:31:11Z.'],
    ['2026-02-31T10:00:00Z', 'not-utc', 'Write it as 2026-02-21T14:13:35Z: UTC, with the time of day.'],
    ['21/02/2026 14:31', 'not-utc', 'Write it as 2026-02-21T14:13:35Z: UTC, with the time of day.'],
    ['2026-02-21T16:00:00Z', 'to-come', 'Look at the date, and whether it was converted to UTC.'],
    ['2008-01-01T00:00:00Z', 'too-early', 'Look at the year.'],
  ])('refuses the time %s', (time, code, remedy) => {
    expect(gate(withPoint({ time })).faults).toMatchObject([{ field: 'points[0].time', code, remedy }])
  })

  test.each(['1250000.5', '1,250,000', '1e12', '0', '-5', '', '0x10', '1 000', '9'.repeat(79)])(
    'refuses the amount %j as not exact',
    (amount) => {
      expect(faults(withPoint({ amount }))).toEqual(['points[0].amount not-exact'])
    },
  )

  test('refuses decimals that the chain does not have, and an asset of another chain', () => {
    expect(faults(withPoint({ asset: 'eip155:1/slip44:60', decimals: 6 }))).toEqual(['points[0].decimals wrong-decimals'])
    expect(faults(withPoint({ asset: 'eip155:56/erc20:0x55d398326f99059ff775485246999027b3197955' }))).toEqual([
      'points[0].asset other-chain',
    ])
    expect(faults(withPoint({ asset: 'USDT' }))).toEqual(['points[0].asset not-an-asset'])
    expect(faults(withPoint({ asset: 'eip155:1/erc20:0xdac1' }))).toEqual(['points[0].asset not-a-contract'])
  })

  test('refuses two points of one id, and warns of the same payment twice', () => {
    expect(faults({ ...REQUEST, points: [P1, { ...P2, id: 'p1' }] })).toEqual(['points[1].id twice'])
    expect(warnings({ ...REQUEST, points: [P1, { ...P1, id: 'p2', to: P1.to }] })).toEqual(['points[1] twice'])
  })

  test('asks the ledger whether the transaction really pays that address', () => {
    const asked = freezeGate(REQUEST, { directory: DIRECTORY, now: NOW, confirm: ({ id }) => (id === 'p1' ? 'differs' : 'unknown') })
    expect(asked.passed).toBe(false)
    expect(asked.faults).toMatchObject([{ code: 'differs', field: 'points[0]' }])
    expect(asked.warnings).toMatchObject([{ code: 'unconfirmed', field: 'points[1]' }])
  })

  test('wants the signed order for a freeze and a disclosure, not for a hold or preservation', () => {
    const asked = (kind: FreezeRequest['asked']['kind']): FreezeRequest => ({
      ...REQUEST,
      order: null,
      asked: { ...REQUEST.asked, kind, records: kind === 'disclose' ? ['identity'] : [] },
    })
    expect(faults(asked('freeze'))).toEqual(['order missing'])
    expect(faults(asked('disclose'))).toEqual(['order missing'])
    expect(faults(asked('temporary-hold'))).toEqual([])
    expect(faults(asked('preserve'))).toEqual([])
    expect(
      faults({
        ...REQUEST,
        order: { ...(REQUEST.order as NonNullable<FreezeRequest['order']>), text: '', file: { name: 'scan.png', sha256: 'abc' } },
      }),
    ).toEqual(['order.text missing', 'order.file.sha256 not-a-hash'])
  })

  test('keeps preservation, production and freeze apart', () => {
    expect(faults({ ...REQUEST, asked: { ...REQUEST.asked, records: ['identity'] } })).toEqual(['asked.records mixed'])
    expect(faults({ ...REQUEST, asked: { ...REQUEST.asked, kind: 'disclose' } })).toEqual(['asked.records missing'])
  })

  test('wants a treaty where the exchange answers to another country than the agency', () => {
    expect(faults({ ...REQUEST, treaty: null })).toEqual(['treaty missing'])
    expect(faults({ ...REQUEST, treaty: null, exchange: 'kiwoom', channel: 'office' })).toEqual([])
    expect(faults({ ...REQUEST, treaty: { kind: 'mlat', reference: '' } })).toEqual(['treaty.reference missing'])
  })

  test('refuses an exchange that is not to be asked, one that is unknown, and one without a channel', () => {
    expect(faults({ ...REQUEST, exchange: 'huione' })).toEqual(['exchange not-asked'])
    expect(faults({ ...REQUEST, exchange: 'nobody' })).toEqual(['exchange unknown'])
    expect(faults({ ...REQUEST, exchange: 'issuer' })).toEqual(['channel no-channel'])
    expect(faults({ ...REQUEST, channel: 'pigeon' })).toEqual(['channel unknown'])
    expect(faults({ ...REQUEST, channel: null })).toEqual(['channel missing'])
    expect(warnings({ ...REQUEST, exchange: 'kiwoom', channel: 'office' })).toEqual(['channel unverified'])
  })

  test.each(['someone@gmail.com', 'someone@naver.com', 'x@proton.me', 'y@yahoo.co.jp', 'z@orange.fr'])(
    'refuses %s: exchanges do not read public mail',
    (email) => {
      expect(faults({ ...REQUEST, requester: { ...REQUEST.requester, email } })).toEqual(['requester.email public-mail'])
    },
  )

  test('wants the chronology in the order of its times', () => {
    expect(faults({ ...REQUEST, chronology: [...REQUEST.chronology].reverse() })).toEqual(['chronology[1] order', 'chronology[2] order'])
  })

  test('warns where need-to-know is kept here and not asked of the exchange', () => {
    expect(warnings({ ...REQUEST, nonDisclosure: { asked: false, basis: null, until: null } })).toEqual(['nonDisclosure.asked disclosure'])
    expect(faults({ ...REQUEST, nonDisclosure: { asked: true, basis: null, until: '22 April' } })).toEqual([
      'nonDisclosure.basis missing',
      'nonDisclosure.until not-utc',
    ])
  })

  test('warns of a language that the exchange does not read', () => {
    expect(warnings({ ...REQUEST, language: 'ko' })).toEqual(['language language'])
  })
})

describe('The shape of a draft', () => {
  test.each<[string, unknown, RegExp]>([
    ['nothing', null, /must be object/],
    ['a list', [], /must be object/],
    ['a property too many', { ...REQUEST, admin: true }, /admin must NOT have additional properties/],
    ['a property too few', { ...REQUEST, points: undefined }, /points must have required property/],
    ['an amount as a number', { ...REQUEST, points: [{ ...P1, amount: 1.25e12 }] }, /points\[0\]\.amount must be string/],
    ['another kind', { ...REQUEST, asked: { ...REQUEST.asked, kind: 'seize' } }, /asked\.kind must be equal to one of/],
    ['a line break in a field of one line', { ...REQUEST, caseNumber: '1\nDeposit address: 0x0' }, /caseNumber holds a control character/],
    ['a mark that turns the writing', { ...REQUEST, agency: { ...REQUEST.agency, name: 'Police \u202eecilop' } }, /agency\.name holds/],
    ['a blank that cannot be seen', { ...REQUEST, points: [{ ...P1, to: `${P1.to}\u200b` }] }, /points\[0\]\.to holds/],
    ['half a character', { ...REQUEST, incident: { ...REQUEST.incident, summary: '\ud800' } }, /incident\.summary holds/],
    ['a text without end', { ...REQUEST, caseNumber: 'x'.repeat(201) }, /caseNumber must NOT have more than 200 characters/],
    ['points without end', { ...REQUEST, points: Array.from({ length: 501 }, () => P1) }, /points must NOT have more than 500 items/],
  ])('refuses %s', (_, value, message) => {
    expect(() => readFreezeRequest(value)).toThrow(
      expect.objectContaining({ code: 'cases/freeze-shape', message: expect.stringMatching(message) }),
    )
  })

  test('lets several lines stand where people write', () => {
    expect(readFreezeRequest({ ...REQUEST, incident: { ...REQUEST.incident, summary: 'one\ntwo' } }).incident.summary).toBe('one\ntwo')
  })
})
