import { describe, expect, it } from 'vitest'
import { checkRule, checkWatch, parseAccount, type RuleBody, type WatchBody } from '../../../src/cases/alerts/index.ts'

const good: RuleBody = {
  name: 'Stolen ether moves',
  severity: 'high',
  enabled: true,
  when: {
    event: 'movement',
    direction: 'out',
    assets: { 'eip155:1/slip44:60': '1000000000000000000' },
    counterparties: ['exchange', 'mixer'],
    entities: null,
  },
  watches: null,
  quietSeconds: 3600,
}
const failing = (code: string, field?: string) => expect.objectContaining({ code, ...(field === undefined ? {} : { place: { field } }) })

describe('the document of a rule', () => {
  it('is taken as it is', () => {
    const others: RuleBody['when'][] = [
      { event: 'trace', changes: ['new-endpoint'], assets: null, kinds: null },
      { event: 'list', changes: null, lists: ['us-ofac-sdn'] },
      { event: 'freeze-clock', overdueSeconds: 0 },
      { event: 'case', changes: ['status'], cases: null },
    ]
    for (const when of [good.when, ...others]) expect(checkRule({ ...good, when })).toEqual({ ...good, when })
  })

  it.each<[unknown, string]>([
    [null, ''],
    [[], ''],
    [{}, ''],
    [{ ...good, more: 1 }, ''],
    [{ ...good, name: '' }, 'name'],
    [{ ...good, name: ' - ' }, 'name'],
    [{ ...good, severity: 'urgent' }, 'severity'],
    [{ ...good, quietSeconds: 59 }, 'quietSeconds'],
    [{ ...good, quietSeconds: 1.5e9 }, 'quietSeconds'],
    [{ ...good, quietSeconds: '3600' }, 'quietSeconds'],
    [{ ...good, watches: [] }, 'watches'],
    [{ ...good, when: { ...good.when, direction: 'sideways' } }, 'when.direction'],
    [{ ...good, when: { ...good.when, assets: {} } }, 'when.assets'],
    [{ ...good, when: { ...good.when, assets: { x: 1 } } }, 'when.assets.x'],
    [{ ...good, when: { ...good.when, assets: { x: '-1' } } }, 'when.assets.x'],
    [{ ...good, when: { ...good.when, assets: { x: '1.5' } } }, 'when.assets.x'],
    [{ ...good, when: { ...good.when, assets: { x: '1e18' } } }, 'when.assets.x'],
    [{ ...good, when: { ...good.when, assets: { x: '9'.repeat(79) } } }, 'when.assets.x'],
    [{ ...good, when: { ...good.when, counterparties: ['bank'] } }, 'when.counterparties.0'],
    [{ ...good, when: { event: 'freeze-clock', overdueSeconds: 1 }, watches: ['a'] }, 'watches'],
  ])('is refused with its fault: %j', (body, field) => {
    expect(() => checkRule(body)).toThrow(failing('alerts/rule', field))
  })

  it('is refused for an event that does not exist, and for what belongs to another', () => {
    expect(() => checkRule({ ...good, when: { event: 'weather' } })).toThrow(failing('alerts/rule'))
    expect(() => checkRule({ ...good, when: { event: 'freeze-clock', overdueSeconds: 1, direction: 'in' } })).toThrow(
      failing('alerts/rule'),
    )
  })
})

describe('the document of a watch', () => {
  const body = (subject: WatchBody['subject'], note = 'why'): WatchBody => ({ subject, note, case: null })

  it('has its account in canonical form, so that the ledger’s spelling meets it', () => {
    const checksummed = 'eip155:1:0xd90e2f925DA726b50C4Ed8D0Fb90Ad053324F31b'
    expect(checkWatch(body({ kind: 'account', account: checksummed })).subject).toEqual({
      kind: 'account',
      account: checksummed.toLowerCase(),
    })
    const bitcoin = 'bip122:000000000019d6689c085ae165831e93'
    expect(parseAccount(`${bitcoin}:BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ`).address).toBe('bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq')
    expect(parseAccount(`${bitcoin}:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa`).address).toBe('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa')
    expect(parseAccount('tron:mainnet:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t').address).toBe('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')
  })

  it.each([
    '',
    '0xd90e2f925da726b50c4ed8d0fb90ad053324f31b',
    'eip155:1:0xd90e2f925DA726b50C4Ed8D0Fb90Ad053324F31B',
    'eip155:1:0xd90e',
    'eip155::0xd90e2f925da726b50c4ed8d0fb90ad053324f31b',
    'eip155:1:0xd90e2f925da726b50c4ed8d0fb90ad053324f31b ',
    `eip155:1:${'a'.repeat(200)}`,
  ])('is refused for what is no account: %j', (account) => {
    expect(() => checkWatch(body({ kind: 'account', account }))).toThrow(failing('alerts/account'))
  })

  it('is refused without what is watched, or why', () => {
    expect(() => checkWatch(body({ kind: 'name', name: ' ' }))).toThrow(failing('alerts/watch', 'subject.name'))
    expect(() => checkWatch(body({ kind: 'entity', entity: 'x'.repeat(501) }))).toThrow(failing('alerts/watch', 'subject.entity'))
    expect(() => checkWatch(body({ kind: 'trace', trace: 'trace-7' }, ''))).toThrow(failing('alerts/watch', 'note'))
    expect(() => checkWatch(body({ kind: 'weather' } as never))).toThrow(failing('alerts/watch', 'subject.kind'))
  })
})
