import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import type { TraceBody } from '../../tracing/index.ts'
import { door } from '../door.ts'
import { ById } from '../shapes.ts'
import { contentAnswer } from './content-answer.ts'

/** A page that carries its own style and nothing else: no script, nothing loaded, nothing sent, not even framed. */
const PAGE_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

const PARTS = [
  {
    url: 'document',
    part: 'document',
    name: 'trace.json',
    type: 'application/json; charset=utf-8',
    summary: 'Fetch the document of a trace',
    policy: undefined,
  },
  {
    url: 'report',
    part: 'report',
    name: 'report.html',
    type: 'text/html; charset=utf-8',
    summary: 'Show the report of a trace',
    policy: PAGE_POLICY,
  },
  {
    url: 'flows.csv',
    part: 'flows',
    name: 'flows.csv',
    type: 'text/csv; charset=utf-8',
    summary: 'Fetch the flows of a trace',
    policy: undefined,
  },
  {
    url: 'graph.gexf',
    part: 'graph',
    name: 'graph.gexf',
    type: 'application/gexf+xml; charset=utf-8',
    summary: 'Fetch the graph of a trace',
    policy: undefined,
  },
] as const

const Bytes = Type.String({ description: 'the bytes' })

/** What a trace wrote: the same bytes for everybody, by their hash. */
export function tracePartRoutes(app: FastifyInstance, node: NodeParts): void {
  for (const { url, part, name, type, summary, policy } of PARTS)
    door(
      app,
      node,
      {
        method: 'GET',
        url: `/traces/:id/${url}`,
        scope: 'objects:read',
        action: `trace.${part}`,
        summary,
        tag: 'traces',
        params: ById,
        answers: { 200: Bytes, 206: Bytes },
      },
      async (ask, { params, headers }) => {
        const { body, label } = await readObject<TraceBody>(ask, 'trace', params.id)
        const { sha256, bytes } = body.parts[part]
        ask.detail.sha256 = sha256
        return await contentAnswer(node, { sha256, bytes, name, type, label, ...(policy !== undefined && { policy }) }, headers)
      },
    )
}
