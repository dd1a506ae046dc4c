import { listedCountry } from './countries.ts'
import type { ListedCountry } from './entry.ts'
import type { XmlElement } from './xml-element.ts'

interface Reference {
  readonly text: string
  readonly attributes: Readonly<Record<string, string>>
}

/** What the numbers of an advanced file stand for: the values of its ReferenceValueSets, by the name of their element (`FeatureType`, `Country` …) and their ID. */
export class AdvancedReferences {
  readonly #values = new Map<string, Reference>()

  add(element: XmlElement): void {
    const id = element.attributes.ID
    if (id !== undefined) this.#values.set(`${element.name} ${id}`, { text: element.text, attributes: element.attributes })
  }

  get size(): number {
    return this.#values.size
  }

  /** Null where the file gives no such value. */
  text(kind: string, id: string | undefined): string | null {
    return this.#values.get(`${kind} ${id}`)?.text ?? null
  }

  attribute(kind: string, id: string | undefined, name: string): string | undefined {
    return this.#values.get(`${kind} ${id}`)?.attributes[name]
  }

  /** Null for none and for the list's own `undetermined`. */
  country(id: string | undefined): ListedCountry | null {
    const text = this.text('Country', id)
    if (text === null || text === '' || text === 'undetermined') return null
    const iso = this.attribute('Country', id, 'ISO2')
    return { code: iso !== undefined && /^[A-Z]{2}$/.test(iso) ? iso : listedCountry(text).code, text }
  }
}
