import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MIGRATIONS } from '../../../src/node/database/migrations/index.ts'

/** `node test/node/upgrade/pin.ts`: writes the hashes of all steps of the schema to `pinned.ts`, when a version is released. */
const lines = MIGRATIONS.map(({ id, sql }) => `  ['${id}', '${createHash('sha256').update(sql).digest('hex')}'],`)
writeFileSync(
  join(import.meta.dirname, 'pinned.ts'),
  `/** Steps of the schema that were released, with the SHA-256 of their text: made by \`node test/node/upgrade/pin.ts\`, never by hand. */
export const PINNED: readonly (readonly [id: string, sha256: string])[] = [
${lines.join('\n')}
]
`,
)
