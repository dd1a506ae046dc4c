import type { Ask } from '../decide/index.ts'
import { normaliseWallet } from '../identifiers/wallet.ts'
import { listedCountry } from '../lists/countries.ts'
import { parseListedDate } from '../lists/dates.ts'
import type { IdentifierKind } from '../lists/entry.ts'
import type { Paper, ScreenQuery } from '../match/query.ts'
import { type FieldFault, fault, type Subject } from './subject.ts'

/*
 * interVASP Messaging Standard IVMS101 (2020) and IVMS101.2023, as travel-rule networks send it. Its names are spelt in several ways in practice: camelCase (`originatorPersons`), capitals at the top (`Originator`, CODE), snake_case
 * with plurals (`originator_persons`, `account_numbers`, TRISA and Sygna), singular (`originatorPerson`, 2023), `name` as an object or a list of objects. So a name is looked up without case, signs and a plural `s`.
 */

/** An object with its properties by folded name. Two spellings of one name in an object both count. */
type Node = ReadonlyMap<string, readonly unknown[]>

/** More parties than any payment has; a payload that holds more was made to exhaust memory. */
const MOST_PERSONS = 1_000

const PAPER_KINDS: Readonly<Record<string, IdentifierKind>> = {
  ARNU: 'national-id',
  CCPT: 'passport',
  RAID: 'registration',
  DRLC: 'other',
  FIIN: 'other',
  TXID: 'tax-id',
  SOCS: 'national-id',
  IDCD: 'national-id',
  LEIX: 'lei',
  MISC: 'other',
}

/** Longer than any property's name; a name of a million letters `s` would take hours to fold. */
const LONGEST_NAME = 100

/** Parties of a payment, by the names that their objects have. */
const PARTIES = ['originator', 'beneficiary'] as const
const VASPS = [
  ['originatingVASP', 'originating VASP'],
  ['beneficiaryVASP', 'beneficiary VASP'],
] as const

/** Whether an object is such a payload rather than a customer. A payload may lie in an envelope: `{"ivms101": …}`. */
export function isIvms101(value: unknown): boolean {
  const root = nodeOf(value)
  if (root === null) return false
  if (envelope(root) !== null) return true
  return (
    PARTIES.some((party) =>
      objects(root, party).some((node) =>
        [`${party}person`, 'accountnumber', 'naturalperson', 'legalperson'].some((name) => node.has(name)),
      ),
    ) || VASPS.some(([name]) => objects(root, name).length > 0)
  )
}

/**
 * The parties of a payment, each to be looked for: every person and body of originator and beneficiary, the providers in between, and every account number as a wallet, with the first person of its party. The country of
 * residence is not compared: a list's country is a nationality, and a person who lives elsewhere must not be less likely for it.
 *
 * @returns `refused` where the payload names nobody
 */
export function ivmsSubjects(payload: unknown): { readonly subjects: readonly Subject[]; readonly refused: FieldFault | null } {
  const top = nodeOf(payload) as Node
  const root = envelope(top) ?? top
  const subjects: Subject[] = []
  for (const party of PARTIES) {
    const nodes = objects(root, party)
    const persons = nodes.flatMap((node) => [...objects(node, `${party}person`).flatMap(personsIn), ...personsIn(node)])
    const accounts = nodes.flatMap((node) => texts(node, 'accountnumber'))
    subjects.push(...partySubjects(party, persons, accounts))
  }
  for (const [name, role] of VASPS) {
    const persons = objects(root, name).flatMap((node) => [...personsIn(node), ...objects(node, name).flatMap(personsIn)])
    subjects.push(...subjectsOf(persons, name, (person) => subjectOf(person, role, [])))
  }
  const path = objects(root, 'transferpath')
    .flatMap((node) => [...objects(node, 'transferpath'), node])
    .flatMap((node) => [...objects(node, 'intermediaryvasp'), node])
  subjects.push(...subjectsOf(path.flatMap(personsIn), 'transferPath', (person) => subjectOf(person, 'intermediary VASP', [])))
  const asked = subjects.filter((subject) => subject.asks.length > 0 || subject.faults.length > 0)
  const names = asked.some((subject) => subject.asks.length > 0)
  return names
    ? { subjects: asked, refused: null }
    : { subjects: [], refused: fault('', 'names nobody: no person with a name and no account number', '') }
}

function partySubjects(party: string, persons: readonly Person[], accounts: readonly string[]): readonly Subject[] {
  if (persons.length === 0)
    return accounts.length === 0 ? [] : [withWallets({ customer: null, role: party, asks: [], faults: [] }, accounts)]
  return subjectsOf(persons, `${party}Persons`, (person, at) =>
    subjectOf(person, persons.length === 1 ? party : `${party} ${at + 1}`, at === 0 ? accounts : []),
  )
}

/** As many as a payment has; that there were more is told as a fault of the first. */
function subjectsOf(persons: readonly Person[], field: string, subject: (person: Person, at: number) => Subject): readonly Subject[] {
  const found = persons.slice(0, MOST_PERSONS).map(subject)
  const more = persons.length - found.length
  if (more > 0)
    found[0] = {
      ...found[0]!,
      faults: [
        ...found[0]!.faults,
        fault(field, `${more} further persons were not looked at; no payment has more than ${MOST_PERSONS}`, ''),
      ],
    }
  return found
}

interface Person {
  readonly legal: boolean
  readonly node: Node
}

function personsIn(node: Node): readonly Person[] {
  return [
    ...objects(node, 'naturalperson').map((person) => ({ legal: false, node: person })),
    ...objects(node, 'legalperson').map((person) => ({ legal: true, node: person })),
  ]
}

function subjectOf({ legal, node }: Person, role: string, accounts: readonly string[]): Subject {
  const faults: FieldFault[] = []
  const names = legal ? legalNames(node) : naturalNames(node)
  const [main, ...others] = names
  const [customer = null] = [...texts(node, 'customeridentification'), ...texts(node, 'customernumber')]
  const papers = papersOf(node, faults)
  const query: ScreenQuery = {
    name: main?.name ?? '',
    family: main?.family ?? null,
    given: main?.given ?? null,
    otherNames: [...new Set(others.map((other) => other.name))].filter((name) => name !== main?.name),
    kind: legal ? 'organisation' : 'person',
    birth: legal ? null : birthOf(node, faults),
    countries: legal ? countries(node, 'countryofregistration', faults) : [],
    sex: null,
    papers,
  }
  const asks: Ask[] = main === undefined && papers.length === 0 ? [] : [{ about: 'name', query }]
  if (main === undefined) faults.push(fault('name', 'has no name', ''))
  return withWallets({ customer, role, asks, faults }, [...accounts, ...texts(node, 'accountnumber')])
}

interface PersonName {
  readonly name: string
  readonly family: string | null
  readonly given: string | null
}

/** Names of a natural person, the legal one first; then those in the person's own script and as they are spoken. */
function naturalNames(person: Node): readonly PersonName[] {
  return nameNodes(person)
    .map((id) => {
      const primary = texts(id, 'primaryidentifier').join(' ')
      const secondary = texts(id, 'secondaryidentifier').join(' ')
      if (primary === '' || secondary === '') return { name: `${primary}${secondary}`, family: null, given: null }
      return { name: `${primary} ${secondary}`, family: primary, given: secondary }
    })
    .filter(({ name }) => name !== '')
}

function legalNames(person: Node): readonly PersonName[] {
  return nameNodes(person).flatMap((id) => texts(id, 'legalpersonname').map((name) => ({ name, family: null, given: null })))
}

function nameNodes(person: Node): readonly Node[] {
  const names = objects(person, 'name')
  const main = names.flatMap((name) => objects(name, 'nameidentifier'))
  const isLegal = (id: Node) =>
    ['nameidentifiertype', 'naturalpersonnameidentifiertype', 'legalpersonnameidentifiertype'].some((type) =>
      texts(id, type).some((code) => /(^|_)LEGL$/i.test(code)),
    )
  return [
    ...main.filter(isLegal),
    ...main.filter((id) => !isLegal(id)),
    // Flat, as some write it: `name: {primaryIdentifier, …}` without the list.
    ...names.filter((name) => name.has('primaryidentifier') || name.has('legalpersonname')),
    ...names.flatMap((name) => [...objects(name, 'localnameidentifier'), ...objects(name, 'phoneticnameidentifier')]),
  ]
}

function birthOf(person: Node, faults: FieldFault[]): ScreenQuery['birth'] {
  for (const text of [
    ...objects(person, 'dateandplaceofbirth').flatMap((birth) => texts(birth, 'dateofbirth')),
    ...texts(person, 'dateofbirth'),
  ]) {
    const date = parseListedDate(text)
    if (date.from !== null) return date
    faults.push(fault('dateOfBirth', 'is no date that exists', text))
  }
  return null
}

function papersOf(person: Node, faults: FieldFault[]): readonly Paper[] {
  return objects(person, 'nationalidentification').flatMap((id) => {
    const [type = ''] = texts(id, 'nationalidentifiertype')
    const [country] = countries(id, 'countryofissue', faults)
    return texts(id, 'nationalidentifier').map(
      (value): Paper => ({
        // Numbers stand for different kinds in different versions of the protocol buffers: they are no kind.
        kind: PAPER_KINDS[type.toUpperCase().replace(/^.*_/, '')] ?? 'other',
        value,
        country: country ?? null,
      }),
    )
  })
}

function countries(node: Node, name: string, faults: FieldFault[]): readonly string[] {
  return texts(node, name).flatMap((text) => {
    const { code } = listedCountry(text)
    if (code === null) faults.push(fault(name, 'names no country that is known', text))
    return code === null ? [] : [code]
  })
}

function withWallets(subject: Subject, accounts: readonly string[]): Subject {
  const faults: FieldFault[] = []
  const asks = [...new Set(accounts)].map((account): Ask => ({ about: 'wallet', address: withoutMemo(account, faults), asset: null }))
  return { ...subject, asks: [...subject.asks, ...asks], faults: [...subject.faults, ...faults] }
}

/** `rJChk8e71gxVhyJSr1srzZxWhVisWMMYKZ:tag or memo`, as CODE has it: the memo names a customer within an exchange's wallet. */
function withoutMemo(account: string, faults: FieldFault[]): string {
  const colon = account.indexOf(':')
  if (colon < 1 || normaliseWallet(account).fault === null) return account
  const address = account.slice(0, colon)
  if (normaliseWallet(address).fault !== null) return account
  faults.push(fault('accountNumber', 'the tag or memo behind the address was not looked at', account.slice(colon + 1)))
  return address
}

function envelope(root: Node): Node | null {
  for (const name of ['ivms101', 'identitypayload', 'ivm', 'identity', 'pii', 'piiivm']) {
    const [inner] = objects(root, name)
    if (inner !== undefined && (PARTIES.some((party) => inner.has(party)) || VASPS.some(([vasp]) => inner.has(fold(vasp))))) return inner
  }
  return null
}

function nodeOf(value: unknown): Node | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const node = new Map<string, unknown[]>()
  for (const [key, part] of Object.entries(value)) {
    const name = fold(key)
    const parts = Array.isArray(part) ? part : [part]
    const there = node.get(name)
    if (there === undefined) node.set(name, [...parts])
    // Not spread into arguments, of which there may not be a hundred thousand.
    else for (const each of parts) there.push(each)
  }
  return node
}

function objects(node: Node, name: string): readonly Node[] {
  return (node.get(fold(name)) ?? []).flatMap((part) => nodeOf(part) ?? [])
}

/** Texts and numbers under a name, trimmed; empty ones are none. */
function texts(node: Node, name: string): readonly string[] {
  return (node.get(fold(name)) ?? [])
    .flatMap((part) => (typeof part === 'string' || typeof part === 'number' ? [String(part).trim()] : []))
    .filter((text) => text !== '')
}

/** `originator_persons`, `OriginatorPersons` and `originatorPerson` are one name; so are `beneficiaries` and `beneficiary`. */
function fold(name: string): string {
  return name
    .slice(0, LONGEST_NAME)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/ies$/, 'y')
    .replace(/s+$/, '')
}
