import { type FaultList, quoted, says } from './fault.ts'
import { checkTime } from './gate-time.ts'
import type { FreezeRequest, SignedOrder } from './request.ts'
import { utcMillis, utcRemedy } from './time.ts'

const EMAIL = /^[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/
/** Anyone can have an address there; the guides of OKX, Bitget, CoinEx, LBank and others refuse them. */
const PUBLIC_MAIL =
  /@(?:(?:gmail|googlemail|protonmail|icloud|naver|hanmail|daum|qq|163|126|sina|aol|gmx|mail|tutanota)\.(?:com|net|de|ru|me)|proton\.me|pm\.me|(?:hotmail|outlook|live|msn|yahoo|yandex)\.[a-z.]{2,6}|(?:orange|free|wanadoo)\.fr|laposte\.net)$/i
const SHA256 = /^[0-9a-f]{64}$/
/** Ten years: longer is a slip of the pen. */
const LONGEST_HOURS = 87_660

/** Checks who asks, by what right, for what, and the papers with it. */
export function checkPapers(request: FreezeRequest, now: number, found: FaultList): void {
  const need = (field: string, text: string | null, what: string, remedy: string): void => {
    if (!says(text)) found.fault('missing', field, `${what} is missing`, remedy)
  }
  need('caseNumber', request.caseNumber, 'the case number', 'Give the number under which your agency keeps the case.')
  need('agency.name', request.agency.name, 'the name of the agency', 'Give its official name.')
  if (!/^[A-Z]{3}$/.test(request.agency.nation))
    found.fault(
      'missing',
      'agency.nation',
      `${quoted(request.agency.nation)} is no country`,
      'Write three letters (ISO 3166-1 alpha-3), e.g. USA, JPN, KOR.',
    )
  need('authority.basis', request.authority.basis, 'the legal basis', 'Name the statute and article under which the agency may ask this.')
  need(
    'authority.competentAuthority',
    request.authority.competentAuthority,
    'the competent authority',
    'Name the court, prosecutor or agency that is competent under that provision.',
  )
  need('authority.offence', request.authority.offence, 'the offence', 'Name the offence that is investigated.')
  need('requester.name', request.requester.name, 'the name of the requester', 'Name the officer who answers for the request.')
  need('requester.title', request.requester.title, 'the title of the requester', 'Give rank or office.')
  checkMail(request.requester.email, 'requester.email', found)
  need(
    'requester.proof.reference',
    request.requester.proof.reference,
    "the proof of the requester's authority",
    'Give the number of the badge or of the letter of appointment.',
  )
  checkFile(request.requester.proof.file, 'requester.proof.file', found)
  if (request.requester.proof.file === null)
    found.warn(
      'missing',
      'requester.proof.file',
      'no copy of the proof is attached',
      'Attach it: most exchanges ask for a picture of the badge or the letter.',
    )
  checkOrder(request, now, found)
  checkAsked(request, found)
  checkTime(request.incident.at, 'incident.at', now, found)
  need(
    'incident.summary',
    request.incident.summary,
    'what happened',
    'Say in two or three sentences what was stolen, from whom and how it came to the exchange.',
  )
  checkChronology(request, now, found)
  checkNonDisclosure(request, found)
  if (request.contacts.length === 0)
    found.fault(
      'missing',
      'contacts',
      'nobody can be reached',
      'Name at least one contact with e-mail; for a freeze also a telephone that is answered at night.',
    )
  for (const [i, contact] of request.contacts.entries()) {
    need(`contacts[${i}].name`, contact.name, 'the name of the contact', 'Name a person or a duty desk.')
    checkMail(contact.email, `contacts[${i}].email`, found)
  }
  if (request.contacts.length > 0 && request.contacts.every(({ phone }) => !says(phone)))
    found.warn('missing', 'contacts', 'no contact has a telephone', 'Give one that is answered at night: exchanges call back to verify.')
}

function checkOrder(request: FreezeRequest, now: number, found: FaultList): void {
  const { order, asked } = request
  if (order === null) {
    if (asked.kind === 'freeze' || asked.kind === 'disclose')
      found.fault(
        'missing',
        'order',
        `a ${asked.kind === 'freeze' ? 'freeze' : 'disclosure'} needs the signed order, and none is attached`,
        'Attach the order, with its words as text. Until it is signed, ask for a temporary hold.',
      )
    return
  }
  for (const field of ['reference', 'issuedBy', 'text'] as const satisfies readonly (keyof SignedOrder)[])
    if (!says(order[field]))
      found.fault(
        'missing',
        `order.${field}`,
        field === 'text'
          ? 'the words of the order are missing as text'
          : `the ${field === 'reference' ? 'number of the order' : 'issuer of the order'} is missing`,
        field === 'text' ? 'Type or paste them: a picture cannot be copied.' : 'Take it from the order.',
      )
  checkTime(order.issuedAt, 'order.issuedAt', now, found)
  checkFile(order.file, 'order.file', found)
}

function checkAsked({ asked }: FreezeRequest, found: FaultList): void {
  if (!says(asked.scope))
    found.fault('missing', 'asked.scope', 'the scope is missing', 'Say in a sentence what the exchange shall do, and to what.')
  if (asked.kind === 'disclose') {
    if (asked.records.length === 0)
      found.fault('missing', 'asked.records', 'no records are asked for', 'Name the kinds of records: identity, account, transactions …')
    return
  }
  if (asked.records.length > 0)
    found.fault(
      'mixed',
      'asked.records',
      `a request to ${asked.kind === 'preserve' ? 'preserve' : 'stop value'} asks for no records`,
      'Ask for disclosure in a request of its own: preservation is not production is not freeze.',
    )
  if (asked.durationHours === null || asked.durationHours <= 0)
    found.fault(
      'missing',
      'asked.durationHours',
      'it does not say for how long',
      'Give a number of hours: exchanges release by themselves where no end is named (MEXC after 30 days).',
    )
  else if (asked.durationHours > LONGEST_HOURS)
    found.fault('too-long', 'asked.durationHours', `${asked.durationHours} hours are more than ten years`, 'Give what the order says.')
}

function checkChronology(request: FreezeRequest, now: number, found: FaultList): void {
  if (request.chronology.length === 0)
    found.fault(
      'missing',
      'chronology',
      'the chronology is missing',
      'List the events from the theft to the deposit, each with its time in UTC.',
    )
  let before = Number.NEGATIVE_INFINITY
  for (const [i, event] of request.chronology.entries()) {
    checkTime(event.time, `chronology[${i}].time`, now, found)
    if (!says(event.text)) found.fault('missing', `chronology[${i}].text`, 'it does not say what happened', 'Say it in a sentence.')
    const millis = utcMillis(event.time) ?? before
    if (millis < before)
      found.fault('order', `chronology[${i}]`, 'it is earlier than the event before it', 'Put the events in the order of their times.')
    before = millis
  }
}

function checkNonDisclosure({ nonDisclosure, marking }: FreezeRequest, found: FaultList): void {
  if (nonDisclosure.asked && !says(nonDisclosure.basis))
    found.fault(
      'missing',
      'nonDisclosure.basis',
      'it does not say on what basis the holder must not be told',
      'Name the provision or the order; without one some exchanges tell their customer.',
    )
  if (nonDisclosure.until !== null && utcMillis(nonDisclosure.until) === null)
    found.fault('not-utc', 'nonDisclosure.until', `${quoted(nonDisclosure.until)} is no time in UTC`, utcRemedy(nonDisclosure.until))
  if (!nonDisclosure.asked && (marking.needToKnow || marking.tlp === 'RED'))
    found.warn(
      'disclosure',
      'nonDisclosure.asked',
      'the request is need-to-know here, but does not ask the exchange to keep it from its customer',
      'Ask for non-disclosure, or say that the holder may know.',
    )
}

function checkMail(text: string, field: string, found: FaultList): void {
  if (text === '') found.fault('missing', field, 'the e-mail address is missing', 'Give an official address.')
  else if (text.length > 254 || !EMAIL.test(text))
    found.fault('not-mail', field, `${quoted(text)} is no e-mail address`, 'Write it as name@agency.example.')
  else if (PUBLIC_MAIL.test(text))
    found.fault(
      'public-mail',
      field,
      `${quoted(text)} is at a public mail service`,
      "Use an address of the agency's own domain: exchanges refuse others.",
    )
}

function checkFile(file: { readonly name: string; readonly sha256: string } | null, field: string, found: FaultList): void {
  if (file === null) return
  if (!says(file.name)) found.fault('missing', `${field}.name`, 'the file has no name', 'Name it, e.g. order.pdf.')
  if (!SHA256.test(file.sha256))
    found.fault(
      'not-a-hash',
      `${field}.sha256`,
      `${quoted(file.sha256)} is no SHA-256`,
      'It is 64 lower-case hexadecimal digits; attaching the file to the case gives it.',
    )
}
