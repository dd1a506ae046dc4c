import { koreanKeys } from '../korean/index.ts'
import { type FoldedToken, tokenKeys } from '../names/index.ts'
import { characterKeys, deletions, isFiled, joinedKeys, type NameIndex, type PreparedName, runKeysOf } from './name-index.ts'
import { keyNumber, lookUp, valuesOf } from './postings.ts'

/** How much of a word's weight a name gets for having it, or one like it. A guess that orders the candidates; the comparison decides. */
const SHARE = { same: 1, sound: 0.95, givenName: 0.85, consonants: 0.75, mistyped: 0.7, skeleton: 0.6, joined: 1, characters: 1 } as const

/** Names are taken into the comparison from the best down to this share of the query's whole weight. */
const LEAST_SHARE = 0.35
/** So many are compared, and of those that are as good as the last of them so many more. */
const MOST_COMPARED = 40
const MOST_TIED = 300
/** What each word that a name has beyond the query's takes off its rank, and how many are counted: Ahmed Ali comes before Ahmed X Y Ali. */
const SURPLUS = 0.03
const MOST_SURPLUS = 8
/** A word alike to more words than this is too short to be told from others by its consonants. */
const MOST_ALIKE = 400
/** Postings looked at for one query; words are taken from the rarest on, so only the commonest words of a hostile query are cut. */
const MOST_POSTINGS = 60_000

/** Finds the names that are worth comparing. Holds scratch arrays, so one search runs at a time. */
export class CandidateSearch {
  readonly #index: NameIndex
  readonly #nameWords: Uint8Array
  readonly #gathered: Float32Array
  /** The best share of the word at hand that each name has got, and for which word of which query that was. */
  readonly #share: Float32Array
  readonly #stamp: Uint32Array
  readonly #seen: Uint32Array
  #query = 0
  #word = 0
  #touched: number[] = []

  /** @param nameWords how many different words each name has */
  constructor(index: NameIndex, nameWords: Uint8Array) {
    const names = nameWords.length
    this.#index = index
    this.#nameWords = nameWords
    this.#gathered = new Float32Array(names)
    this.#share = new Float32Array(names)
    this.#stamp = new Uint32Array(names)
    this.#seen = new Uint32Array(names)
  }

  /** Numbers of names in Korean spelling: all that can compare at all. */
  korean(name: PreparedName): readonly number[] {
    const { whole, given, alone } = koreanKeys(name.korean)
    const found = new Set<number>()
    const take = (key: string): void => {
      for (const number of lookUp(this.#index.korean, key)) found.add(number)
    }
    for (const key of whole) take(key)
    // A given name alone meets full names by their given names, and the other way round.
    for (const key of alone) {
      take(key)
      take(`g${key.slice(1)}`)
    }
    for (const key of given) take(`a${key.slice(1)}`)
    return [...found]
  }

  /**
   * Numbers of names by words, likeliest first.
   *
   * @param weigh how much a word tells, from 0 to about 1
   */
  ordinary(name: PreparedName, weigh: (token: FoldedToken) => number): { readonly names: readonly number[]; readonly cut: boolean } {
    this.#begin()
    let total = 0
    let budget = MOST_POSTINGS
    // A word that stands twice is looked for once: it would count each name that has it twice.
    const words = [...new Map(name.folded.tokens.filter(isFiled).map((token) => [token.text, token])).values()]
      .map((token) => ({ token, weight: weigh(token) * token.weight, similar: this.#similar(token) }))
      .sort((a, b) => b.weight - a.weight)
    for (const { weight } of words) total += weight
    let cut = false
    for (const { token, weight, similar } of words) {
      this.#word++
      const tasks = [...similar].map(([number, share]) => ({ share, names: valuesOf(this.#index.words, number) }))
      tasks.sort((a, b) => b.share - a.share || a.names.length - b.names.length)
      for (const { share, names } of tasks) {
        if (names.length > budget) {
          cut = true
          continue
        }
        budget -= names.length
        this.#give(names, weight, share)
      }
      this.#give(lookUp(this.#index.joined, token.text), weight, SHARE.joined)
      for (const key of runKeysOf(token)) this.#give(lookUp(this.#index.joined, key), weight, SHARE.sound)
    }
    // Runs that one word may be by its sound are many for one name: each name gets the best of them, once.
    this.#word++
    for (const { key, word, tokens } of joinedKeys(name.folded)) {
      // Two of the query's words are one of the list's, or are cut elsewhere there. As much as these two tell: articles and titles before a word tell nothing.
      let weight = 0
      for (const token of tokens) if (isFiled(token)) weight += weigh(token) * token.weight
      if (word === null) this.#add(lookUp(this.#index.words, key), weight)
      else for (const number of this.#alike(word)) this.#give(valuesOf(this.#index.words, number), total, (weight / total) * SHARE.skeleton)
      this.#whole(lookUp(this.#index.joined, key), weight)
    }
    for (const key of characterKeys(name.folded)) this.#whole(lookUp(this.#index.characters, key), total)
    const best = this.#best(total, words.length)
    return { names: best.names, cut: cut || best.cut }
  }

  /** Numbers of words under a key; none where the key is that of too many to tell anything. */
  #alike(key: string): Uint32Array | readonly number[] {
    const numbers = lookUp(this.#index.alike, key)
    return numbers.length <= MOST_ALIKE ? numbers : []
  }

  #begin(): void {
    for (const name of this.#touched) this.#gathered[name] = 0
    this.#touched = []
    // Stamps are 32 bits wide: long before they come round they begin anew.
    if (this.#word > 0xf000_0000 || this.#query > 0xf000_0000) {
      this.#stamp.fill(0)
      this.#seen.fill(0)
      this.#query = 0
      this.#word = 0
    }
    this.#query++
    this.#word++
  }

  /** Numbers of listed words like a query's, each with the best share that it earns. */
  #similar(token: FoldedToken): ReadonlyMap<number, number> {
    const found = new Map<number, number>()
    const take = (number: number, share: number): void => {
      if ((found.get(number) ?? 0) < share) found.set(number, share)
    }
    for (const text of [token.text, ...token.alternatives]) {
      const number = keyNumber(this.#index.words, text)
      if (number >= 0) take(number, SHARE.same)
    }
    for (const key of tokenKeys(token)) {
      const alike = lookUp(this.#index.alike, key)
      const share = key[0] === 's' ? SHARE.sound : key[0] === 'g' ? SHARE.givenName : key[0] === 'c' ? SHARE.consonants : SHARE.skeleton
      if (alike.length <= MOST_ALIKE || share >= SHARE.givenName) for (const number of alike) take(number, share)
    }
    if (token.role !== 'number') {
      for (const key of deletions(token.text)) for (const number of lookUp(this.#index.mistyped, key)) take(number, SHARE.mistyped)
    }
    return found
  }

  /** Gives names their share of a word, once per word: the best. */
  #give(names: Uint32Array, weight: number, share: number): void {
    for (const name of names) {
      this.#touch(name)
      const before = this.#stamp[name] === this.#word ? (this.#share[name] as number) : 0
      if (share <= before) continue
      this.#stamp[name] = this.#word
      this.#share[name] = share
      this.#gathered[name] = (this.#gathered[name] as number) + weight * (share - before)
    }
  }

  /** Gives names the weight of words that they have in another cut. */
  #add(names: Uint32Array, weight: number): void {
    for (const name of names) {
      this.#touch(name)
      this.#gathered[name] = (this.#gathered[name] as number) + weight
    }
  }

  #whole(names: Uint32Array, weight: number): void {
    for (const name of names) {
      this.#touch(name)
      if ((this.#gathered[name] as number) < weight) this.#gathered[name] = weight
    }
  }

  #touch(name: number): void {
    if (this.#seen[name] === this.#query) return
    this.#seen[name] = this.#query
    this.#touched.push(name)
  }

  #best(total: number, words: number): { readonly names: readonly number[]; readonly cut: boolean } {
    const least = LEAST_SHARE * total
    const ranked = this.#touched.filter((name) => (this.#gathered[name] as number) >= least)
    for (const name of ranked) {
      const surplus = Math.min(MOST_SURPLUS, Math.max(0, (this.#nameWords[name] as number) - words))
      // No name has more of the query than all of it, however often a word counted in another cut.
      this.#gathered[name] = Math.min(total, this.#gathered[name] as number) - SURPLUS * surplus * total
    }
    const byRank = (a: number, b: number): number => (this.#gathered[b] as number) - (this.#gathered[a] as number) || a - b
    if (ranked.length <= MOST_COMPARED) return { names: ranked.sort(byRank), cut: false }
    // The least rank that makes it among the first, by selection rather than a sort of thousands.
    const ranks = Float32Array.from(ranked, (name) => this.#gathered[name] as number).sort()
    const limit = ranks[ranks.length - MOST_COMPARED] as number
    const above = ranked.filter((name) => (this.#gathered[name] as number) > limit)
    const tied = ranked.filter((name) => this.#gathered[name] === limit)
    return { names: [...above, ...tied.slice(0, MOST_TIED)].sort(byRank), cut: tied.length > MOST_TIED }
  }
}
