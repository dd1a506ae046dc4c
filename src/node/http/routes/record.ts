import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import { formatBundle, formatVerifierKey, type ProofBundle, proveConsistency } from '../../../share/index.ts'
import { readAnyObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { proofOf, proofsOfVersions, signedNote } from '../../record/proof.ts'
import { treeOf } from '../../record/tree.ts'
import { door } from '../door.ts'
import { ById } from '../shapes.ts'

const Position = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const Proof = Type.Object(
  { format: Type.String(), entry: Type.String(), index: Type.Integer(), path: Type.Array(Type.String()), checkpoint: Type.String() },
  { title: 'LogProof', description: 'proves offline that an entry is in the record: `cordon audit proof`' },
)

/** The record: its checkpoints and key for witnesses, entries for auditors, proofs for whoever may read an object. */
export function recordRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/record',
      // How long the record is tells how much is done here: for auditors, and for witnesses with a key of theirs.
      scope: 'record:read',
      action: 'record.checkpoint',
      summary: 'The latest signed checkpoint of the record and the key that it is verified with',
      tag: 'record',
      answers: { 200: Type.Object({ origin: Type.String(), key: Type.String(), checkpoint: Type.Union([Type.String(), Type.Null()]) }) },
    },
    async (ask) => ({
      body: {
        origin: node.keys.record.key.name,
        key: formatVerifierKey(node.keys.record.key),
        checkpoint: (await signedNote(ask.tx))?.note ?? null,
      },
    }),
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/record/consistency',
      scope: 'record:read',
      action: 'record.consistency',
      summary: 'Proof that the record at one size begins as it was at an earlier one (RFC 6962, section 2.1.2)',
      tag: 'record',
      query: Type.Object({ first: Position, second: Position }, { additionalProperties: false }),
      answers: { 200: Type.Object({ path: Type.Array(Type.String()) }) },
    },
    async (ask, { query }) => {
      const size = (await signedNote(ask.tx))?.size ?? 0
      // Beyond what is signed, sizes would tell of what happens unseen.
      if (query.second > size)
        throw new CordonError('log/outside', 'the record is not signed at that size yet', { remedy: 'Ask for sizes of checkpoints.' })
      return {
        body: {
          path: (await proveConsistency(treeOf(ask.tx), query.first, query.second)).map((hash) => Buffer.from(hash).toString('base64')),
        },
      }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/record/entries',
      scope: 'record:read',
      action: 'record.read',
      summary: 'Entries of the record, in order',
      description: 'For auditors. Entries say who did what to which object, and hold no content.',
      tag: 'record',
      query: Type.Object(
        { from: Position, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })) },
        { additionalProperties: false },
      ),
      answers: {
        200: Type.Object({
          items: Type.Array(Type.Object({ index: Type.Integer(), entry: Type.String({ description: 'the bytes that the tree holds' }) })),
          next: Type.Optional(Type.Integer()),
        }),
      },
    },
    async (ask, { query }) => {
      const limit = query.limit ?? 200
      const items = await ask.tx.query<{ index: number; entry: string }>(
        'select index, entry from log where index >= $1 order by index limit $2',
        [query.from, limit],
      )
      ask.detail.from = query.from
      ask.detail.entries = items.length
      return { body: { items, ...(items.length === limit && { next: (items.at(-1)?.index ?? 0) + 1 }) } }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/record/entries/:index/proof',
      scope: 'record:read',
      action: 'record.prove',
      summary: 'Proof that an entry is in the record, to be verified offline',
      tag: 'record',
      params: Type.Object({ index: Position }),
      answers: { 200: Proof },
    },
    async (ask, { params }) => ({ body: JSON.parse(formatBundle(await proofOf(ask.tx, params.index))) }),
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/objects/:id/proof',
      scope: 'exports:make',
      action: 'object.prove',
      summary: 'Proof that the version of an object is in the record as it was written',
      description:
        'The entry names the SHA-256 of the version, which anybody can recompute from the object. A proof shows how long the record is, as every proof of a transparency log does.',
      tag: 'record',
      params: ById,
      answers: { 200: Proof },
    },
    async (ask, { params }) => {
      const [proof] = await proofsOfVersions(ask.tx, [await readAnyObject(ask, params.id)])
      return { body: JSON.parse(formatBundle(proof as ProofBundle)) }
    },
  )
}
