import { createHash } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { damaged } from './tar.ts'

const closed = { additionalProperties: false } as const
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** What is in a backup: its last file but one, `manifest.json`. */
const ManifestSchema = Type.Object(
  {
    format: Type.Literal('cordon-backup/1'),
    /** The version of Cordon that made it. */
    cordon: Type.String(),
    /** When the database was as it is here. UTC, milliseconds. */
    at: Type.String(),
    /** The steps of the schema that the database had, with the SHA-256 of each one's text. */
    steps: Type.Array(Type.Object({ id: Type.String(), sha256: Sha256 }, closed)),
    /** The record at that time, as the node signed it for this backup. */
    record: Type.Object({ origin: Type.String(), size: Count, checkpoint: Type.String() }, closed),
    keys: Type.Union([Type.Literal('sealed'), Type.Literal('left out')]),
    tables: Type.Array(
      Type.Object(
        { name: Type.String(), columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String() }, closed)), rows: Count },
        closed,
      ),
    ),
    /** Every other file of the archive, in order. */
    files: Type.Array(Type.Object({ path: Type.String(), bytes: Count, sha256: Sha256 }, closed)),
  },
  closed,
)

export type Manifest = Static<typeof ManifestSchema>
export type ArchivedFile = Manifest['files'][number]

export const MANIFEST = 'manifest.json'
/** The last file: the manifest's hash, signed by the key of the record (C2SP signed-note). */
export const MANIFEST_NOTE = 'manifest.note'
/** Rows of a table: `tables/NAME/000001.ndjson` and so on. */
export const TABLES = 'tables'
/** Files of the data folder. */
export const DATA = 'data'
export const KEYS = 'keys.json'

/** The text that is signed for a manifest. */
export function manifestText(manifest: string | Buffer): string {
  return `cordon-backup/1 ${createHash('sha256').update(manifest).digest('hex')}\n`
}

/** Throws CordonError `backup/damaged`. */
export function parseManifest(text: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw damaged('its manifest cannot be read', cause)
  }
  if (!Value.Check(ManifestSchema, value)) throw damaged('its manifest is not one of this format')
  return value
}
