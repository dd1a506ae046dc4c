import { type Static, Type } from 'typebox'
import { CONFIDENCE, canonicalAddress, confidenceLevel, type Tag, writeTagPack } from '../../attribution/index.ts'
import { CordonError } from '../../chain/index.ts'
import { showLabel } from '../../share/index.ts'
import type { Ask } from '../ask.ts'
import type { StoredObject } from '../objects/object.ts'
import { COLUMNS, fromRow, type Row } from '../objects/rows.ts'

const line = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$', description })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])

/** A claim about an address that somebody of an organisation makes: the fields of a TagPack's tag (GraphSense). */
export const TagInput = Type.Object(
  {
    address: line(200, 'as people write it'),
    label: line(300, 'who or what it is'),
    source: line(2000, 'where this is known from: an address of a page, or words'),
    currency: line(40, 'e.g. ETH, BTC'),
    network: Type.Optional(line(40, 'where it is another one than the currency')),
    confidence: Type.Enum(Object.keys(CONFIDENCE), { description: 'on the TagPack scale: how its maker came to know' }),
    concepts: Type.Optional(Type.Array(line(60, 'of the INTERPOL taxonomy'), { maxItems: 20 })),
    abuse: Type.Optional(orNull(line(60, 'what it did'))),
    actor: Type.Optional(orNull(line(100, 'id of an actor'))),
    category: Type.Optional(orNull(line(60, 'kind of entity'))),
    context: Type.Optional(orNull(Type.String({ maxLength: 5000 }))),
  },
  { additionalProperties: false, title: 'TagInput' },
)

export const TagBody = Type.Object(
  {
    address: Type.String({ description: 'in canonical form' }),
    label: Type.String(),
    source: Type.String(),
    currency: Type.String(),
    network: Type.String(),
    confidence: Type.String(),
    concepts: Type.Array(Type.String()),
    abuse: orNull(Type.String()),
    actor: orNull(Type.String()),
    category: orNull(Type.String()),
    context: orNull(Type.String()),
  },
  { additionalProperties: false, title: 'TagBody' },
)

export type TagInput = Static<typeof TagInput>
export type TagBody = Static<typeof TagBody>

/** Own tags that one trace, or one TagPack, takes. */
const MOST = 5_000
const TITLE = 'Tags of this node'

/** The body of a tag, from what was given. */
export function tagBody({ address, network, concepts, abuse, actor, category, context, ...rest }: TagInput): TagBody {
  return {
    ...rest,
    address: canonicalAddress(address),
    network: network ?? rest.currency,
    concepts: concepts ?? [],
    abuse: abuse ?? null,
    actor: actor ?? null,
    category: category ?? null,
    context: context ?? null,
  }
}

/** Tags of an address that the caller may read, oldest first. */
export async function tagsOfAddress(ask: Ask, address: string): Promise<StoredObject<TagBody>[]> {
  const rows = await ask.tx.query<Row>(
    `select ${COLUMNS} from object where kind = 'tag' and body ->> 'address' = $1 and clauses <@ $2::int[] order by id limit 200`,
    [canonicalAddress(address), ask.ring],
  )
  return await taken(ask, rows)
}

/**
 * A TagPack of every tag that the caller may read, and the tags; null where there is none.
 *
 * @throws CordonError `tags/too-many`
 */
export async function ownTagPack(ask: Ask): Promise<{ readonly text: string; readonly objects: readonly string[] } | null> {
  const objects = await ownTags(ask)
  return objects.length === 0 ? null : { text: packOf(objects, null), objects: objects.map(({ id }) => id) }
}

/**
 * The same to be taken elsewhere: it says how the tags are marked.
 *
 * @throws CordonError `tags/none`, `tags/too-many`
 */
export async function markedTagPack(ask: Ask): Promise<{ readonly text: string; readonly count: number }> {
  const objects = await ownTags(ask)
  if (objects.length === 0)
    throw new CordonError('tags/none', 'there is no tag that you may read', { remedy: 'Tag an address first (POST /tags).' })
  const markings = [...new Set(objects.map(({ label }) => showLabel(label)))].sort()
  return { text: packOf(objects, `Marked: ${markings.join('; ')}`), count: objects.length }
}

async function ownTags(ask: Ask): Promise<StoredObject<TagBody>[]> {
  const rows = await ask.tx.query<Row>(`select ${COLUMNS} from object where kind = 'tag' and clauses <@ $1::int[] order by id limit $2`, [
    ask.ring,
    MOST + 1,
  ])
  if (rows.length > MOST)
    throw new CordonError('tags/too-many', `there are more than ${MOST} tags that you may read`, {
      remedy: 'Upload those that matter as a TagPack, and name that file where tags are wanted.',
    })
  return await taken(ask, rows)
}

function packOf(objects: readonly StoredObject<TagBody>[], description: string | null): string {
  return writeTagPack({ title: TITLE, creator: 'cordon', description, tags: objects.map(asTag) })
}

/** A tag object as the attribution room takes tags. */
export function asTag({ id, changedAt, body }: StoredObject<TagBody>): Tag {
  return {
    ...body,
    confidenceLevel: confidenceLevel(body.confidence),
    tagType: 'actor',
    isClusterDefiner: false,
    lastmod: changedAt.slice(0, 10),
    txHash: null,
    pack: TITLE,
    file: id,
  }
}

async function taken(ask: Ask, rows: readonly Row[]): Promise<StoredObject<TagBody>[]> {
  const objects = await Promise.all(rows.map((row) => fromRow<TagBody>(ask, row)))
  for (const { id, kind, version, hash } of objects) ask.touched.push({ id, kind, version, hash })
  return objects
}
