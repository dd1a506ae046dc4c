import { hkdfSync } from 'node:crypto'
import type { NodeKeys } from '../secrets/keys.ts'

/** The seed of the key by which this node makes tokens of accounts (HKDF-SHA-256 of the node's key). It is in the data folder and never in the database: who has the database alone cannot try accounts against its tokens. */
export function deconflictSeed({ node }: Pick<NodeKeys, 'node'>): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', node, '', 'cordon/deconflict', 32))
}
