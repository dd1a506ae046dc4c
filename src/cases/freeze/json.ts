import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { CordonError } from '../../chain/index.ts'
import { amountOf } from './answer.ts'
import type { ExchangeDirectory } from './directory.ts'
import schema from './freeze-request.schema.json' with { type: 'json' }
import type { FreezeLanguage, FreezePoint, FreezeRequest } from './request.ts'
import { fieldOf } from './shape.ts'
import { freezeWords } from './words/index.ts'

/** Sum of the points of one asset, base units. */
export type FreezeTotal = {
  readonly asset: string
  readonly symbol: string | null
  readonly amount: string
  readonly decimals: number | null
}

/** A request as an exchange receives it, in the form of `freeze-request.schema.json`. Of a draft it is a preview, which need not fit the schema yet. */
export type FreezeDocument = Omit<FreezeRequest, 'exchange' | 'channel'> & {
  readonly format: 'cordon-freeze-request'
  readonly formatVersion: 1
  readonly id: string
  /** ISO 8601 UTC; null for a preview. */
  readonly issuedAt: string | null
  readonly notice: string
  readonly exchange: { readonly id: string; readonly legalName: string; readonly jurisdiction: string | null }
  readonly channel: string
  readonly totals: readonly FreezeTotal[]
}

/** The published JSON Schema (2020-12) of a request. */
export const FREEZE_REQUEST_SCHEMA: Readonly<Record<string, unknown>> = schema

/**
 * What is sent of a request. Who worked on it, and its history, are not in it.
 *
 * @param issuedAt ISO 8601 UTC; null for a preview
 */
export function freezeDocument(id: string, request: FreezeRequest, issuedAt: string | null, directory: ExchangeDirectory): FreezeDocument {
  const { exchange, channel, ...rest } = request
  const entry = directory.exchange(exchange)
  return {
    format: 'cordon-freeze-request',
    formatVersion: 1,
    id,
    issuedAt,
    notice: freezeWords(request.language)[`notice-${request.asked.kind}`],
    exchange: { id: exchange, legalName: entry?.legalName ?? exchange, jurisdiction: entry?.jurisdiction ?? null },
    channel: channel ?? '',
    ...rest,
    totals: totalsOf(request.points),
  }
}

/** The same document with its notice in another language; the texts that people wrote stay as they wrote them. */
export function noticeIn(document: FreezeDocument, language: FreezeLanguage): string {
  return freezeWords(language)[`notice-${document.asked.kind}`]
}

function totalsOf(points: readonly FreezePoint[]): readonly FreezeTotal[] {
  const sums = new Map<string, { first: FreezePoint; amount: bigint }>()
  for (const point of points) {
    const sum = sums.get(point.asset)
    if (sum === undefined) sums.set(point.asset, { first: point, amount: amountOf(point) })
    else sum.amount += amountOf(point)
  }
  return [...sums].map(([asset, { first, amount }]) => ({
    asset,
    symbol: first.symbol,
    amount: amount.toString(),
    decimals: first.decimals,
  }))
}

/** The document as text: properties in the order of the schema, two blanks of indent, UTF-8, a newline at the end. Equal documents give equal bytes. */
export function freezeJson(document: FreezeDocument): string {
  return `${JSON.stringify(ordered(document, schema as Node), null, 2)}\n`
}

type Node = { readonly properties?: Readonly<Record<string, Node>>; readonly items?: Node }

function ordered(value: unknown, node: Node | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, node?.items))
  if (typeof value !== 'object' || value === null) return value
  const map = value as Readonly<Record<string, unknown>>
  const known = Object.keys(node?.properties ?? {}).filter((key) => Object.hasOwn(map, key))
  const others = Object.keys(map)
    .filter((key) => !known.includes(key))
    .sort()
  return Object.fromEntries([...known, ...others].map((key) => [key, ordered(map[key], node?.properties?.[key])]))
}

let compiled: ValidateFunction<FreezeDocument> | undefined

/**
 * Reads a request from its JSON.
 *
 * @param file only for the error's place
 * @throws CordonError `cases/freeze-document` with the first property that does not fit the schema
 */
export function readFreezeDocument(text: string, file: string | null): FreezeDocument {
  const place = (field: string): { file?: string; field?: string } => ({
    ...(file === null ? {} : { file }),
    ...(field === '' ? {} : { field }),
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new CordonError('cases/freeze-document', 'it is not JSON', { place: place(''), remedy: 'Give the file as it was sent.', cause })
  }
  compiled ??= new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }).compile<FreezeDocument>(schema)
  if (compiled(value)) return value
  const error = compiled.errors?.[0]
  const field = fieldOf(error)
  throw new CordonError(
    'cases/freeze-document',
    `${field === '' ? 'the document' : field} ${error?.message ?? 'does not fit the schema'}`,
    {
      place: place(field),
      remedy: 'The schema is freeze-request.schema.json.',
    },
  )
}
