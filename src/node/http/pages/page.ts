import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyReply } from 'fastify'

/** What a page is made of. */
export type PagePlan = {
  readonly title: string
  /** HTML. Whatever was not written here goes through `escapeHtml` first. */
  readonly body: string
  /** It finds what `common.js` gives. */
  readonly script?: string
  /** More of the head, HTML. */
  readonly head?: string
}

/** A page and the Content-Security-Policy with which it is sent. */
export type Page = { readonly html: string; readonly policy: string }

const STYLE = file('style.css')
const COMMON = file('common.js')

/** Makes a page that loads nothing: its style and script are inside and named by their hashes, so that no other can run, whatever was written into it. */
export function makePage({ title, body, script, head = '' }: PagePlan): Page {
  const scripts = script === undefined ? [] : [COMMON, script]
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · Cordon</title>
<link rel="icon" href="data:,">
${head}<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
${scripts.map((code) => `<script type="module">${code}</script>`).join('\n')}
</body>
</html>
`
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(STYLE)}'`,
    ...(scripts.length === 0 ? [] : [`script-src ${scripts.map((code) => `'${hashOf(code)}'`).join(' ')}`, "connect-src 'self'"]),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
  return { html, policy }
}

/** Answers with a page. Its requests say from which origin they come, which `no-referrer` would hide from the check against other sites. */
export function sendPage(reply: FastifyReply, { html, policy }: Page): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('referrer-policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .send(html)
}

/** A file of this folder. */
export function file(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8').trim()
}

/** Text inside HTML, attributes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
