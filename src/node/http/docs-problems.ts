import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CordonError } from '../../chain/index.ts'
import { notFound } from '../objects/errors.ts'
import { AREAS, MEANINGS } from './docs-problem-meanings.ts'
import { problemOf } from './problem.ts'

/** A kind of problem, as its page tells it. */
export type ProblemKind = {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly about: string
  readonly meaning: string
}

const CODE = /^([a-z-]{1,32})\/[a-z0-9-]{1,48}$/
const GENERAL = 'The request was understood and refused. `detail` says what happened, `place` where, and `remedy` what to do.'
const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a}code{background:#f2f2f2;padding:.1em .3em}dt{font-weight:600;margin-top:.8rem}dd{margin:0}'
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/**
 * What a code means, or null where its first part is none of ours. Most codes are of one place in the domain, and their answers say more than a page could; what any door may answer has its own sentence.
 */
export function problemKind(code: string): ProblemKind | null {
  const area = CODE.exec(code)?.[1] ?? ''
  const about = Object.hasOwn(AREAS, area) ? AREAS[area] : undefined
  if (about === undefined) return null
  const { status, title } = problemOf(new CordonError(code, ''), '')
  return { code, status, title, about, meaning: MEANINGS[code] ?? GENERAL }
}

/** A page about each kind of problem, where the `type` of a problem (RFC 9457, section 3.1.1) leads: for people as HTML, for programs as JSON. */
export function addProblemPages(app: FastifyInstance): void {
  app.get('/problems', { schema: { hide: true } }, async (request, reply) => {
    const kinds = Object.keys(MEANINGS).map((code) => problemKind(code) as ProblemKind)
    if (wantsJson(request)) return reply.send(kinds)
    return page(reply, 'Problems', `<h1>Problems that any door may answer with</h1><dl>${kinds.map(entryOf).join('')}</dl>`)
  })
  app.get<{ Params: { area: string; code: string } }>('/problems/:area/:code', { schema: { hide: true } }, async (request, reply) => {
    const code = `${request.params.area}/${request.params.code}`
    const kind = problemKind(code)
    if (kind === null) throw notFound('problem', code)
    if (wantsJson(request)) return reply.send(kind)
    const { status, title, about, meaning } = kind
    return page(
      reply,
      code,
      `<h1><code>${code}</code></h1><dl><dt>Status</dt><dd>${status} ${title}</dd><dt>About</dt><dd>${about}</dd><dt>Meaning</dt><dd>${marked(meaning)}</dd></dl><p><a href="/problems">Other problems</a> · <a href="/docs">Interface</a></p>`,
    )
  })
}

function entryOf({ code, status, meaning }: ProblemKind): string {
  return `<dt><a href="/problems/${code}"><code>${code}</code></a> ${status}</dt><dd>${marked(meaning)}</dd>`
}

/** Our own texts, in which backticks stand around names. */
function marked(text: string): string {
  return text.replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}

function page(reply: FastifyReply, title: string, body: string): FastifyReply {
  return reply
    .header('content-security-policy', POLICY)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style>${body}</html>`,
    )
}

/** Browsers name HTML first. */
function wantsJson({ headers }: FastifyRequest): boolean {
  return !(headers.accept ?? '').includes('text/html')
}
