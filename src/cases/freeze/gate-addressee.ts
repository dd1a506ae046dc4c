import type { ExchangeDirectory } from './directory.ts'
import { type FaultList, quoted, says } from './fault.ts'
import type { FreezeRequest } from './request.ts'

/** Checks whom the request goes to and by which way. */
export function checkAddressee(request: FreezeRequest, directory: ExchangeDirectory, found: FaultList): void {
  const refused = directory.notAsked(request.exchange)
  if (refused !== null) {
    found.fault(
      'not-asked',
      'exchange',
      `${refused.name} is not to be asked: ${refused.why}`,
      'A request would warn the thief. Ask the issuer of the token, or the exchange behind it.',
    )
    return
  }
  const entry = directory.exchange(request.exchange)
  if (entry === null) {
    found.fault(
      request.exchange === '' ? 'missing' : 'unknown',
      'exchange',
      request.exchange === '' ? 'no exchange is named' : `${quoted(request.exchange)} is not in the directory of exchanges`,
      'Choose one from the directory, or add your own entry with a channel that you have verified.',
    )
    return
  }
  const channels = entry.channels.map(({ id }) => id)
  if (channels.length === 0)
    found.fault(
      'no-channel',
      'channel',
      `the directory has no channel to ${entry.name}`,
      'Find out the right address by telephone from its own site, and add it to your own entries.',
    )
  else if (request.channel === null) found.fault('missing', 'channel', 'no channel is chosen', `It is one of ${channels.join(', ')}.`)
  else {
    const channel = entry.channels.find(({ id }) => id === request.channel)
    if (channel === undefined)
      found.fault('unknown', 'channel', `${entry.name} has no channel ${quoted(request.channel)}`, `It is one of ${channels.join(', ')}.`)
    else if (channel.readAs === 'recalled')
      found.warn(
        'unverified',
        'channel',
        `the channel ${channel.id} was written down from memory`,
        `Look at ${channel.source} before you send anything there.`,
      )
  }
  if (entry.languages.length > 0 && !entry.languages.includes(request.language))
    found.warn(
      'language',
      'language',
      `${entry.name} asks for requests in ${entry.languages.join(', ')}, not ${request.language}`,
      `Send the ${entry.languages[0]} text, or both.`,
    )
}

/** Checks that a request to another country says on what it rests (Budapest Convention, articles 29, 31 and 35; Second Additional Protocol; bilateral treaties). */
export function checkTreaty(request: FreezeRequest, directory: ExchangeDirectory, found: FaultList): void {
  const { treaty } = request
  if (treaty !== null && !says(treaty.reference))
    found.fault(
      'missing',
      'treaty.reference',
      'the reference of the treaty is missing',
      'Name the treaty, its article and the number of the request under it.',
    )
  const entry = directory.exchange(request.exchange)
  if (entry === null || treaty !== null || entry.jurisdiction === request.agency.nation) return
  found.fault(
    'missing',
    'treaty',
    entry.jurisdiction === null
      ? `the directory does not say which country ${entry.name} answers to, so the request has to say on what it rests`
      : `${entry.name} answers to ${entry.jurisdiction}, the agency is of ${request.agency.nation === '' ? 'no country' : request.agency.nation}`,
    'Name the treaty or network (mutual legal assistance, Budapest Convention 24/7 point of contact, Second Additional Protocol), or say that it is voluntary under the policy of the exchange.',
  )
}
