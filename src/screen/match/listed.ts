import { compareKorean } from '../korean/index.ts'
import type { EntryKind } from '../lists/entry.ts'
import type { FoldedToken, Weigh } from '../names/index.ts'
import type { ListInService } from './answer.ts'
import { type Card, KINDS, QUALITIES, type ScreenIndex } from './build.ts'
import { PART_SEPARATOR } from './listed-text.ts'
import { type PreparedName, prepareName } from './name-index.ts'
import { lookUp } from './postings.ts'
import { rarityIn } from './rarity.ts'
import { textAt } from './texts.ts'

/** What is on the lists, by number. Names are worked out when they are first met and kept, so the first queries after a change of lists are slower than later ones. */
export class Listed {
  readonly index: ScreenIndex
  readonly #lists: readonly ListInService[]
  readonly #prepared: (PreparedName | undefined)[]
  /** Lists repeat each other: the same name is worked out once. */
  readonly #byText = new Map<string, PreparedName>()
  readonly #pool = new Map<string, FoldedToken>()
  /** How much a word tells, by how rare it is on the lists. */
  readonly weigh: Weigh

  constructor(index: ScreenIndex, lists: readonly ListInService[]) {
    this.index = index
    this.#lists = lists
    this.#prepared = new Array<PreparedName | undefined>(index.nameEntry.length)
    this.weigh = rarityIn(index.index, index.nameEntry.length)
  }

  name(number: number): PreparedName {
    const known = this.#prepared[number]
    if (known !== undefined) return known
    const text = textAt(this.index.names, number)
    const kind = KINDS[this.index.nameKind[number] as number] as EntryKind
    const key = `${kind}\t${text}`
    let name = this.#byText.get(key)
    if (name === undefined) {
      const [full = '', family, given] = text.split(PART_SEPARATOR)
      name = prepareName(full, kind, family === undefined || given === undefined ? null : { family, given }, this.#pool)
      this.#byText.set(key, name)
    }
    this.#prepared[number] = name
    return name
  }

  /** A weak alias, or one that is a given name alone where a whole name is asked for: such a one is as vague. */
  isWeak(number: number, asked: PreparedName): boolean {
    return QUALITIES[this.index.nameQuality[number] as number] === 'weak' || isGivenNameAlone(asked, this.name(number))
  }

  card(entry: number): Card {
    return JSON.parse(textAt(this.index.cards, entry)) as Card
  }

  list(entry: number): ListInService {
    return this.#lists[this.index.entryList[entry] as number] as ListInService
  }

  /** The number of an entry, by its list's id and its own. */
  entry(list: string, id: string): number | null {
    const place = this.#lists.findIndex((service) => service.list === list)
    return lookUp(this.index.ids, `${place}:${id}`)[0] ?? null
  }
}

function isGivenNameAlone(asked: PreparedName, { korean }: PreparedName): boolean {
  if (!korean.some(({ order }) => order === 'given-only')) return false
  const match = compareKorean(asked.korean, korean)
  return match !== null && match.listed.order === 'given-only' && match.query.order !== 'given-only'
}
