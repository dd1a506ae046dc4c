import { bareName } from './names.ts'

/** An organisation or group of an ActorPack (schema of GraphSense). */
export interface Actor {
  readonly id: string
  readonly label: string
  /** Web address, as the pack has it. */
  readonly uri: string
  readonly categories: readonly string[]
  /** ISO 3166 two-letter codes. */
  readonly jurisdictions: readonly string[]
  readonly aliases: readonly string[]
  /** JSON text. */
  readonly context: string | null
  readonly lastmod: string | null
  readonly pack: string
  readonly file: string
}

/** All known actors, found by id or by any of their names. */
export class ActorIndex {
  readonly #byId = new Map<string, Actor>()
  /** Null where two actors share the name. */
  readonly #byName = new Map<string, string | null>()

  /** The first of two actors with one id stays; the caller reports the second. */
  constructor(actors: Iterable<Actor>) {
    for (const actor of actors) if (!this.#byId.has(actor.id)) this.#byId.set(actor.id, actor)
    // An id outranks a label, and a label an alias, when two actors share a name.
    const names = [(actor: Actor) => [actor.id], (actor: Actor) => [actor.label], (actor: Actor) => actor.aliases]
    for (const namesOf of names) {
      const level = new Map<string, string | null>()
      for (const actor of this.#byId.values()) {
        for (const name of namesOf(actor)) {
          const bare = bareName(name)
          if (bare === '' || this.#byName.has(bare)) continue
          const other = level.get(bare)
          level.set(bare, other === undefined || other === actor.id ? actor.id : null)
        }
      }
      for (const [name, id] of level) this.#byName.set(name, id)
    }
  }

  get size(): number {
    return this.#byId.size
  }

  get(id: string): Actor | undefined {
    return this.#byId.get(id)
  }

  all(): IterableIterator<Actor> {
    return this.#byId.values()
  }

  /** The actor with that id, label or alias in any spelling; undefined when there is none or more than one. */
  named(name: string): Actor | undefined {
    const id = this.#byName.get(bareName(name))
    return id === undefined || id === null ? undefined : this.#byId.get(id)
  }
}

/** Where to reach an actor: its web address with a scheme. */
export function contactOf(actor: Actor): string | null {
  if (actor.uri === '') return null
  return /^[a-z][a-z0-9+.-]*:/i.test(actor.uri) ? actor.uri : `https://${actor.uri}`
}
