import { createHash } from 'node:crypto'
import {
  type ExchangeDirectory,
  type FreezeDocument,
  type FreezeLanguage,
  freezeDocument,
  freezeJson,
  freezeText,
  readFreezeDocument,
} from '../../cases/index.ts'
import type { StoredObject } from '../objects/object.ts'
import type { KeptFreeze } from './kept.ts'
import type { DeskThread } from './thread.ts'

export const PAPER_FORMS = ['json', 'pdf', 'text'] as const
export type PaperForm = (typeof PAPER_FORMS)[number]

/** A request as it is handed out: bytes, and what they are. */
export type Paper = {
  readonly bytes: Buffer
  readonly sha256: string
  readonly type: string
  readonly name: string
  /** Of the fixed words; of the JSON, that of the request itself. */
  readonly language: FreezeLanguage
}

/** What a request's papers are made from: what was sent, byte for byte; or what would be, while it is written. */
export type PaperSource = { readonly document: FreezeDocument; readonly json: string; readonly preview: boolean }

/** What was sent stands until the request is reopened; from then on the papers show the new draft, and what was sent is in `sent`. */
export function paperSource({ id, body: { state, request, sent } }: StoredObject<KeptFreeze>, directory: ExchangeDirectory): PaperSource {
  if (sent !== null && state !== 'draft' && state !== 'authorised')
    return { document: readFreezeDocument(sent.json, null), json: sent.json, preview: false }
  const document = freezeDocument(id, request, null, directory)
  return { document, json: freezeJson(document), preview: true }
}

/** One paper. Equal requests give equal bytes. A PDF is made by another thread, so no transaction may be open meanwhile. */
export async function paperOf(
  { document, json, preview }: PaperSource,
  form: PaperForm,
  language: FreezeLanguage,
  thread: Pick<DeskThread, 'pdf'>,
): Promise<Paper> {
  const name = `freeze-request-${document.id}${preview ? '-preview' : ''}`
  if (form === 'json') return paper(Buffer.from(json), 'application/json', `${name}.json`, document.language)
  if (form === 'text')
    return paper(Buffer.from(freezeText(document, language)), 'text/plain; charset=utf-8', `${name}.${language}.txt`, language)
  return paper(await thread.pdf(document, language), 'application/pdf', `${name}.${language}.pdf`, language)
}

function paper(bytes: Buffer, type: string, name: string, language: FreezeLanguage): Paper {
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), type, name, language }
}
