import { CordonError } from '../../../chain/index.ts'
import { type Label, showLabel } from '../../../share/index.ts'
import { attachment, type ByteRange } from '../../files/index.ts'
import type { NodeParts } from '../../parts.ts'
import type { Answer } from '../answer.ts'

/** Content that is to be answered: whatever it is, no browser runs it. */
export type Content = {
  readonly sha256: string
  readonly bytes: number
  readonly name: string
  readonly type: string
  /** As it is released: the bytes are the same for everybody and by their hash, so they cannot say so themselves. */
  readonly label: Label
  /** Shown in place, within the policy that goes with it; saved otherwise. */
  readonly policy?: string
}

const NOTHING = "sandbox; default-src 'none'; frame-ancestors 'none'"

/**
 * Content as an answer: all of it or the part that `Range` asks for (RFC 9110, section 14; one range, since nobody needs more), not again where `If-None-Match` has it.
 *
 * @throws CordonError `files/no-range`, `files/missing`
 */
export async function contentAnswer(node: NodeParts, content: Content, headers: Readonly<Record<string, unknown>>): Promise<Answer> {
  const etag = `"${content.sha256}"`
  const common = {
    etag,
    'accept-ranges': 'bytes',
    'content-type': content.type,
    'cordon-marking': showLabel(content.label),
    'content-disposition': content.policy === undefined ? attachment(content.name) : 'inline',
    'content-security-policy': content.policy ?? NOTHING,
    'x-content-type-options': 'nosniff',
    'repr-digest': `sha-256=:${Buffer.from(content.sha256, 'hex').toString('base64')}:`,
  }
  if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } }
  const ifRange = headers['if-range']
  const range = ifRange === undefined || ifRange === etag ? rangeOf(headers.range, content.bytes) : null
  const body = await node.files.read(content.sha256, range ?? undefined)
  if (range === null) return { body, headers: { ...common, 'content-length': String(content.bytes) } }
  const { start, end } = range
  return {
    status: 206,
    body,
    headers: { ...common, 'content-length': String(end - start + 1), 'content-range': `bytes ${start}-${end}/${content.bytes}` },
  }
}

/** The part that is asked for; null for all of it, also where the header is of another kind. */
function rangeOf(header: unknown, bytes: number): ByteRange | null {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(typeof header === 'string' ? header : '') ?? []
  if (from === '' && to === '') return null
  const start = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
  const end = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (start <= end && start < bytes) return { start, end }
  throw new CordonError('files/no-range', `there is no such part: the content has ${bytes} bytes`, {
    place: { field: 'Range' },
    remedy: 'Ask for bytes that are there.',
  })
}
