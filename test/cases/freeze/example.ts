import {
  applyFreezeAction,
  type ExchangeDirectory,
  type FreezeActor,
  type FreezeBody,
  type FreezeDesk,
  type FreezeRequest,
  openFreeze,
  readExchanges,
} from '../../../src/cases/freeze/index.ts'

export const ID = '01938f3a-7c11-7b1e-9d1c-2a64b8f1c0de'
export const ORDER = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c'
export const NOW = '2026-02-21T15:20:00.000Z'

/** A request that the gate lets pass: figures are made up, addresses and hashes are of the right form. */
export const REQUEST: FreezeRequest = {
  caseNumber: '2026-CY-0417',
  exchange: 'lbank',
  channel: 'email',
  language: 'en',
  agency: {
    name: 'National Police Agency, Cyber Affairs Bureau',
    unit: 'Cyber Special Investigation Department',
    nation: 'JPN',
    address: '2-1-2 Kasumigaseki, Chiyoda-ku, Tokyo',
  },
  authority: {
    basis: 'Code of Criminal Procedure, article 218(1); Act on Punishment of Organized Crimes, article 23',
    competentAuthority: 'Tokyo District Court',
    offence: 'Computer fraud (Penal Code, article 246-2)',
  },
  requester: {
    name: 'Satō Hanako',
    title: 'Superintendent',
    email: 'hanako.sato@npa.example',
    phone: '+81 3 5550 0110',
    proof: { kind: 'warrant-card', reference: 'NPA 4471-0092', file: { name: 'warrant-card.pdf', sha256: ORDER } },
  },
  order: {
    reference: 'Tokyo Dist. Ct. 2026 (Mu) 118',
    issuedBy: 'Tokyo District Court, Judge Tanaka',
    issuedAt: '2026-02-21T15:02:00Z',
    file: { name: 'order-118.pdf', sha256: ORDER },
    text: 'The court orders that the crypto-assets credited to the deposit addresses listed in the annex be not disposed of.\nThe order holds for sixty days.',
  },
  asked: {
    kind: 'freeze',
    reach: 'account',
    scope: 'Stop every withdrawal, transfer and trade of the accounts that the deposits below were credited to.',
    durationHours: 1440,
    records: [],
  },
  incident: {
    at: '2026-02-21T14:13:35Z',
    summary:
      'Hot-wallet keys of an exchange in Tokyo were used without right. Value went through three addresses to the deposit address below.',
  },
  points: [
    {
      id: 'p1',
      txHash: '0x46deef0f52e3a983b67abf4714448a41dd7ffd6d32d32da69d62081c68ad7882',
      chain: 'eip155:1',
      block: 21_895_238,
      from: '0x47666Fab8bd0Ac7003bce3f5C3585383F09486E2',
      to: '0xdD90071D52F20e85c89802e5Dc1eC0A7B6475f92',
      asset: 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7',
      symbol: 'USDT',
      amount: '1250000000000',
      decimals: 6,
      time: '2026-02-21T14:31:11Z',
      usd: { amount: '1249875.00', source: 'Chainlink USDT/USD at block 21895238' },
      memo: null,
    },
    {
      id: 'p2',
      txHash: 'f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16',
      chain: 'bip122:000000000019d6689c085ae165831e93',
      block: 884_921,
      from: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
      to: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
      asset: 'bip122:000000000019d6689c085ae165831e93/slip44:0',
      symbol: 'BTC',
      amount: '1234567890',
      decimals: 8,
      time: '2026-02-21T14:52:40Z',
      usd: { amount: '1195061.72', source: 'Kraken BTC/USD, one minute' },
      memo: null,
    },
  ],
  chronology: [
    { time: '2026-02-21T14:13:35Z', text: 'First unauthorised withdrawal from the hot wallet.' },
    { time: '2026-02-21T14:31:11Z', text: 'USDT reaches the deposit address (p1).' },
    { time: '2026-02-21T14:52:40Z', text: 'Bitcoin reaches the deposit address (p2).' },
  ],
  nonDisclosure: { asked: true, basis: 'Code of Criminal Procedure, article 197(5)', until: '2026-04-22T00:00:00Z' },
  treaty: { kind: 'budapest-24-7', reference: 'Convention on Cybercrime, articles 29 and 35; request JP-24/7-2026-031' },
  contacts: [
    { role: 'duty', name: 'Duty officer', email: 'duty@npa.example', phone: '+81 3 5550 0111', hours: '24/7, English and Japanese' },
    { role: 'legal', name: 'Legal affairs', email: 'legal@npa.example', phone: null, hours: null },
  ],
  marking: { tlp: 'RED', needToKnow: true, note: null },
}

export const ANALYST: FreezeActor = { person: '11111111-1111-4111-8111-111111111111', roles: ['analyst'] }
export const SUPERVISOR: FreezeActor = { person: '22222222-2222-4222-8222-222222222222', roles: ['supervisor'] }
export const RELEASER: FreezeActor = { person: '33333333-3333-4333-8333-333333333333', roles: ['releaser'] }
export const COMPLIANCE: FreezeActor = { person: '44444444-4444-4444-8444-444444444444', roles: ['compliance'] }

export const DIRECTORY: ExchangeDirectory = readExchanges(
  `exchanges:
  - id: lbank
    name: LBank
    legal_name: LBK Blockchain Co. Limited
    kind: exchange
    jurisdiction: VGB
    website: https://www.lbank.com/
    channels:
      - {id: email, kind: email, address: enforcement@lbank.com, source: 'https://support.lbank.com/', read_as: stored copy}
    answer_within: 5 business days
    hold_ends_after: 30 days
    languages: [en]
    read: 2026-11-25
  - id: kiwoom
    name: A Japanese exchange
    legal_name: Torihiki K.K.
    kind: exchange
    jurisdiction: JPN
    website: https://torihiki.example/
    channels:
      - {id: office, kind: registered-office, address: registered office, source: 'https://torihiki.example/', read_as: recalled}
    read: 2026-11-25
  - id: issuer
    name: An issuer
    legal_name: Issuer S.A.
    kind: issuer
    jurisdiction: SLV
    website: https://issuer.example/
    read: 2026-11-25
not_asked:
  - {id: huione, name: Huione, why: it launders, source: 'https://www.fincen.gov/'}
`,
  'test.yaml',
  false,
)

export const DESK: FreezeDesk = { directory: DIRECTORY, confirm: null }

/** The example, one minute per step, as far as `sent`. */
export function sent(request: FreezeRequest = REQUEST): FreezeBody {
  const draft = openFreeze(ID, request, ANALYST, '2026-02-21T15:10:00.000Z')
  const authorised = applyFreezeAction(draft, { do: 'authorise', reason: null }, SUPERVISOR, '2026-02-21T15:11:00.000Z', DESK)
  return applyFreezeAction(authorised, { do: 'send' }, RELEASER, '2026-02-21T15:12:00.000Z', DESK)
}
