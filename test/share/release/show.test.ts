import { describe, expect, it } from 'vitest'
import { defaultLabel, type Label, nationsInOrder, portionMark, showClauses, showLabel } from '../../../src/share/release/index.ts'
import { NATION_OF, PERSONS } from './world.ts'

const BORN = defaultLabel('KNPA')
const PARTNERS: Label = { ...BORN, tlp: 'AMBER', nations: ['JPN', 'KOR', 'USA'] }

describe('the banner', () => {
  it('names the USA first, then trigraphs in order', () => {
    expect(showLabel(PARTNERS)).toBe('TLP:AMBER · REL TO USA, JPN, KOR')
    expect(nationsInOrder(['KOR', 'AUS', 'USA', 'JPN'])).toEqual(['USA', 'AUS', 'JPN', 'KOR'])
    expect(nationsInOrder(['KOR', 'AUS'])).toEqual(['AUS', 'KOR'])
  })

  it('says whose alone a record is', () => {
    expect(showLabel(BORN)).toBe('TLP:AMBER+STRICT · KNPA ONLY')
  })

  it('shows organisations, caveats, that persons are named but not who, and the end', () => {
    const label: Label = {
      ...PARTNERS,
      nations: ['USA'],
      organisations: ['NPA'],
      caveats: ['LAZARUS'],
      persons: [PERSONS[0]!],
      expires: '2027-01-31T00:00:00.000Z',
    }
    expect(showLabel(label)).toBe('TLP:AMBER · REL TO USA · NPA · LAZARUS · NAMED PERSONS ONLY · UNTIL 2027-01-31T00:00:00.000Z')
    expect(portionMark(label)).toBe('(TLP:AMBER//REL TO USA · NPA//LAZARUS//NAMED PERSONS ONLY)')
    expect(showLabel({ ...BORN, tlp: 'RED', persons: PERSONS })).toBe('TLP:RED · NAMED PERSONS ONLY')
  })
})

describe('the banner of a container', () => {
  it('shows the highest TLP and those whom every clause lets in', () => {
    const other: Label = {
      ...BORN,
      originator: 'NPA',
      organisations: ['FBI', 'KNPA'],
      caveats: ['SINBAD'],
      expires: '2027-01-31T00:00:00.000Z',
    }
    expect(showClauses([PARTNERS, other], NATION_OF)).toBe(
      'TLP:AMBER+STRICT · REL TO FBI, KNPA, NPA · SINBAD · UNTIL 2027-01-31T00:00:00.000Z',
    )
    expect(showClauses([PARTNERS, { ...PARTNERS, nations: ['USA'] }], NATION_OF)).toBe('TLP:AMBER · REL TO USA · KNPA')
  })

  it('says where nobody passes', () => {
    expect(showClauses([BORN, defaultLabel('FBI')], NATION_OF)).toBe('TLP:AMBER+STRICT · NO COMMON RELEASE')
    expect(showClauses([], NATION_OF)).toBe('CLOSED')
  })
})
