import { canonicalJson } from '../../chain/index.ts'
import { sha256 } from './files.ts'

/** SHA-256, hex, of the canonical JSON of a value. Throws `chain/not-json`. */
export function contentHash(value: unknown): string {
  return sha256(canonicalJson(value))
}
