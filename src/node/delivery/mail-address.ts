import { CordonError } from '../../chain/index.ts'

/** `addr-spec` of RFC 5322 without quoted parts, comments, literals and letters beyond ASCII: what HTML's `type=email` takes. Parsers of mail disagree on the rest. */
const ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/

/**
 * Refuses what is not exactly one plain mail address.
 *
 * @throws CordonError `mail/address`
 */
export function checkMailAddress(text: string): void {
  if (text.length <= 254 && ADDRESS.test(text)) return
  throw new CordonError('mail/address', `${JSON.stringify(text.slice(0, 80))} is no mail address`, {
    place: { field: 'target' },
    remedy: 'Give one address such as desk@agency.example, without a name or brackets.',
  })
}
