import { CordonError } from '../../../chain/index.ts'
import type { AccountId } from '../../../ledger/index.ts'
import { rootOf } from './forest.ts'

/** Entity id of every tagged account; accounts that are not in it have none. */
export type TaggedEntities = ReadonlyMap<AccountId, string>

/** Which clusters carry an entity, kept at their roots while clusters grow. */
export class RootEntities {
  readonly #entities = new Map<AccountId, string>()

  /** @throws CordonError `attribution/unknown-account` for an account outside the forest, `attribution/tagged-apart` when one set holds two entities already */
  constructor(parent: Uint32Array, entities: TaggedEntities) {
    for (const [account, entity] of entities) {
      if (parent[account] === undefined) throw unknownAccount(account, parent.length)
      const root = rootOf(parent, account)
      const other = this.#entities.get(root)
      if (other !== undefined && other !== entity) {
        throw new CordonError('attribution/tagged-apart', `the cluster of account ${account} belongs to ${other} and to ${entity}`, {
          remedy: 'cluster again from the start with these tags',
        })
      }
      this.#entities.set(root, entity)
    }
  }

  /** Entities that the sets of these roots carry, in alphabetical order. */
  among(roots: Uint32Array, count: number): string[] {
    if (this.#entities.size === 0) return []
    const found = new Set<string>()
    for (let i = 0; i < count; i++) {
      const entity = this.#entities.get(roots[i] as AccountId)
      if (entity !== undefined) found.add(entity)
    }
    return [...found].sort()
  }

  /** After sets became one: the entity, if there is one, is now that of the new root. */
  move(roots: Uint32Array, count: number, to: AccountId, entity: string | undefined): void {
    if (entity === undefined) return
    for (let i = 0; i < count; i++) this.#entities.delete(roots[i] as AccountId)
    this.#entities.set(to, entity)
  }
}

export function unknownAccount(account: AccountId, accounts: number): CordonError {
  return new CordonError('attribution/unknown-account', `there is no account number ${account}: the ledger has ${accounts}`)
}
