import type { Rate } from './rate-limit.ts'
import type { Role, Scope } from './roles.ts'

/** By what a caller was recognised. */
export type Credential =
  | { readonly kind: 'session'; readonly id: string; readonly usedAt: Date }
  | { readonly kind: 'key'; readonly id: string; readonly usedAt: Date | null; readonly rate: Rate }
  | { readonly kind: 'certificate'; readonly id: string; readonly usedAt: Date | null }

/** Who asks, as of this very request: roles that were taken away a moment ago are not here. */
export type Caller = {
  readonly person: string
  readonly name: string
  readonly organisation: string
  /** Trigraph of the organisation's nation, e.g. `KOR`. */
  readonly nation: string
  readonly roles: readonly Role[]
  readonly caveats: readonly string[]
  readonly scopes: readonly Scope[]
  readonly credential: Credential
}
