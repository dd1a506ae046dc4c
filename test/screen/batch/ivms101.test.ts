import { describe, expect, it } from 'vitest'
import { isIvms101, ivmsSubjects } from '../../../src/screen/batch/index.ts'
import { folders } from '../decide/plain-screener.ts'
import { rowsOf } from './rows.ts'

/** After the complete example of the CODE alliance (Korean exchanges): capitals at the top, local names, memo behind the address. */
const code = {
  Originator: {
    originatorPersons: [
      {
        legalPerson: {
          name: { nameIdentifier: [{ legalPersonName: 'Coinone Inc.', legalPersonNameIdentifierType: 'LEGL' }] },
          nationalIdentification: { nationalIdentifier: '5493001KJTIIGC8Y1R12', nationalIdentifierType: 'LEIX' },
          customerIdentification: 'C-1',
          countryOfRegistration: 'KR',
        },
      },
      {
        naturalPerson: {
          name: {
            nameIdentifier: [
              { primaryIdentifier: 'Gim', secondaryIdentifier: 'Yeong Cheol', nameIdentifierType: 'ALIA' },
              { primaryIdentifier: 'Kim', secondaryIdentifier: 'Yong Chol', nameIdentifierType: 'LEGL' },
            ],
            localNameIdentifier: [{ primaryIdentifier: '김영철', secondaryIdentifier: '', nameIdentifierType: 'LEGL' }],
            phoneticNameIdentifier: [{ primaryIdentifier: 'キム', secondaryIdentifier: 'ヨンチョル', nameIdentifierType: 'LEGL' }],
          },
          dateAndPlaceOfBirth: { dateOfBirth: '1964-07-17', placeOfBirth: 'Seoul' },
          nationalIdentification: { nationalIdentifier: '836110035', nationalIdentifierType: 'CCPT', countryOfIssue: 'KR' },
          countryOfResidence: 'US',
        },
      },
    ],
    accountNumber: ['rJChk8e71gxVhyJSr1srzZxWhVisWMMYKZ:tag or memo'],
  },
  Beneficiary: {
    beneficiaryPersons: [
      {
        naturalPerson: {
          name: { nameIdentifier: [{ primaryIdentifier: 'Smith', secondaryIdentifier: 'Alice', nameIdentifierType: 'LEGL' }] },
        },
      },
    ],
    accountNumber: ['rHcFoo6a9qT5NHiVn1THQRhsEGcxtYCV4d:77'],
  },
  OriginatingVASP: {
    originatingVASP: {
      legalPerson: {
        name: { nameIdentifier: [{ legalPersonName: 'Korbit Inc.', legalPersonNameIdentifierType: 'LEGL' }] },
        countryOfRegistration: 'KR',
      },
    },
  },
}

/** After the sample of Sygna Bridge: snake_case with plurals, the whole name in one field. */
const sygna = {
  originator: {
    originator_persons: [
      {
        natural_person: {
          name: { name_identifiers: [{ primary_identifier: 'Wu Xinli', name_identifier_type: 'LEGL' }] },
          national_identification: { national_identifier: '446005', national_identifier_type: 'RAID' },
          country_of_residence: 'TZ',
        },
      },
    ],
    account_numbers: ['3KvJ1uHPShhEAWyqsBEzhfXyeh1TXKAd7D'],
  },
  beneficiary: {
    beneficiary_persons: [
      { legal_person: { name: { name_identifiers: [{ legal_person_name: 'ABC Limited', legal_person_name_identifier_type: 'LEGL' }] } } },
    ],
    account_numbers: ['3F4ReDwiMLu8LrAiXwwD2DhH8U9xMrUzUf'],
  },
}

/** IVMS101.2023 and TRISA: singular lists, other names of types, codes with a prefix, a path of providers, an envelope. */
const newer = {
  ivms101: {
    originator: {
      originatorPerson: [
        {
          naturalPerson: {
            name: [
              {
                nameIdentifier: [
                  {
                    primaryIdentifier: 'Doe',
                    secondaryIdentifier: 'Jane',
                    naturalPersonNameIdentifierType: 'NATURAL_PERSON_NAME_TYPE_CODE_LEGL',
                  },
                ],
              },
            ],
            customerIdentification: 9001,
            nationalIdentification: { nationalIdentifier: '1', nationalIdentifierType: 'NATIONAL_IDENTIFIER_TYPE_CODE_IDCD' },
          },
        },
      ],
    },
    transferPath: {
      transferPath: [
        { intermediaryVASP: { legalPerson: { name: { nameIdentifier: [{ legalPersonName: 'Between Ltd' }] } } }, sequence: 1 },
      ],
    },
    payloadMetadata: { payloadVersion: '101.2023' },
  },
}

describe('a payment’s parties (IVMS101)', () => {
  it('of CODE: each person and body with its other names and papers, each account as a wallet, the provider too', () => {
    const { subjects, refused } = ivmsSubjects(code)
    expect(refused).toBe(null)
    expect(subjects.map(({ role, customer }) => [role, customer])).toEqual([
      ['originator 1', 'C-1'],
      ['originator 2', null],
      ['beneficiary', null],
      ['originating VASP', null],
    ])
    expect(subjects[0]?.asks).toMatchObject([
      {
        about: 'name',
        query: { name: 'Coinone Inc.', kind: 'organisation', countries: ['KR'], papers: [{ kind: 'lei', value: '5493001KJTIIGC8Y1R12' }] },
      },
      { about: 'wallet', address: 'rJChk8e71gxVhyJSr1srzZxWhVisWMMYKZ', asset: null },
    ])
    expect(subjects[0]?.faults).toMatchObject([{ field: 'accountNumber', text: 'tag or memo' }])
    expect(subjects[1]?.asks).toEqual([
      {
        about: 'name',
        query: {
          name: 'Kim Yong Chol',
          family: 'Kim',
          given: 'Yong Chol',
          otherNames: ['Gim Yeong Cheol', '김영철', 'キム ヨンチョル'],
          kind: 'person',
          birth: { from: '1964-07-17', to: '1964-07-17', circa: false, text: '1964-07-17' },
          countries: [],
          sex: null,
          papers: [{ kind: 'passport', value: '836110035', country: 'KR' }],
        },
      },
    ])
    expect(subjects[2]?.asks[1]).toEqual({ about: 'wallet', address: 'rHcFoo6a9qT5NHiVn1THQRhsEGcxtYCV4d:77', asset: null })
  })

  it('of Sygna: snake_case, a whole name in one field is not taken for a family name', () => {
    const { subjects } = ivmsSubjects(sygna)
    expect(subjects.map(({ role }) => role)).toEqual(['originator', 'beneficiary'])
    expect(subjects[0]?.asks).toMatchObject([
      { query: { name: 'Wu Xinli', family: null, given: null, papers: [{ kind: 'registration', value: '446005' }] } },
      { address: '3KvJ1uHPShhEAWyqsBEzhfXyeh1TXKAd7D' },
    ])
    expect(subjects[1]?.asks).toMatchObject([{ query: { name: 'ABC Limited', kind: 'organisation' } }, { about: 'wallet' }])
  })

  it('of 2023, in an envelope, with providers in between', () => {
    expect(isIvms101(newer)).toBe(true)
    const { subjects } = ivmsSubjects(newer)
    expect(subjects.map(({ role, customer, asks }) => [role, customer, asks.length])).toEqual([
      ['originator', '9001', 1],
      ['intermediary VASP', null, 1],
    ])
    expect(subjects[0]?.asks).toMatchObject([
      { query: { name: 'Doe Jane', family: 'Doe', given: 'Jane', papers: [{ kind: 'national-id' }] } },
    ])
  })

  it('two spellings of one name in an object both count', () => {
    const { subjects } = ivmsSubjects({ originator: { accountNumber: ['0xab'], account_numbers: ['0xcd', '0xab'] } })
    expect(subjects).toMatchObject([{ role: 'originator', asks: [{ address: '0xab' }, { address: '0xcd' }] }])
  })

  it('a customer is no payment, and a payment that names nobody is refused', () => {
    for (const value of [{ name: 'Kim' }, { originator: 'Kim' }, { originator: { name: 'Kim' } }, [], null, 7])
      expect(isIvms101(value)).toBe(false)
    expect(ivmsSubjects({ originator: { originatorPersons: [] }, beneficiary: { accountNumber: ['', null, {}] } })).toMatchObject({
      subjects: [],
      refused: { reason: 'names nobody: no person with a name and no account number' },
    })
    expect(ivmsSubjects({ originator: { originatorPersons: [{ naturalPerson: {} }], accountNumber: ['0xab'] } }).subjects).toMatchObject([
      { faults: [{ reason: 'has no name' }], asks: [{ address: '0xab' }] },
    ])
  })

  it('a payload with a hundred thousand persons is cut, and says so', () => {
    const many = {
      originator: {
        originatorPersons: Array.from({ length: 100_000 }, (_, n) => ({
          naturalPerson: { name: { nameIdentifier: [{ primaryIdentifier: `P${n}` }] } },
        })),
      },
    }
    const { subjects } = ivmsSubjects(many)
    expect(subjects).toHaveLength(1000)
    expect(subjects[0]?.faults[0]?.reason).toContain('99000 further persons were not looked at')
  })

  it('payloads come as lines, as a document, and among customers', async () => {
    const fresh = folder()
    expect(await rowsOf(fresh, `${JSON.stringify(code)}\n${JSON.stringify({ name: 'Kim' })}\n${JSON.stringify(sygna)}\n`)).toMatchObject([
      { subjects: { length: 4 } },
      { subjects: { length: 1 } },
      { subjects: { length: 2 } },
    ])
    expect(await rowsOf(fresh, JSON.stringify(code, null, 2))).toMatchObject([{ subjects: { length: 4 } }])
  })
})

const folder = folders()
