import { canonicalAddress, type LoadedTags, loadTags, type Tag, tagStore } from '../../../attribution/index.ts'

let paths: readonly string[] = []
let loaded: Promise<LoadedTags> | null = null

/** Names the files and folders of tags. They are read when first asked for. */
export function useTags(given: readonly string[]): void {
  paths = given
  loaded = null
}

function all(): Promise<LoadedTags> {
  loaded ??= loadTags(paths).catch((error: unknown) => {
    loaded = null
    throw error
  })
  return loaded
}

/** Who is behind an address, by the tags of the node and those that are given beside them; every tag, and what each rests on. */
export async function lookUp({ address, own }: { readonly address: string; readonly own: readonly Tag[] }) {
  const library = await all()
  const key = canonicalAddress(address)
  const tags = [...library.tagsOf(key), ...own]
  const entity = own.length === 0 ? library.entityOf(key) : tagStore(tags, [...library.actors.all()], library.report).entityOf(key)
  return { address: key, entity, tags }
}

/** Tags of a transaction. */
export async function lookUpTransaction({ hash }: { readonly hash: string }) {
  return { transaction: hash.toLowerCase(), tags: (await all()).tagsOfTransaction(hash) }
}

/** What was read from where, what was refused, and what is odd. */
export async function library(_asked: object) {
  const { report, addresses, conflicts } = await all()
  const { refused, notes, ...rest } = report
  return { ...rest, addresses: addresses().length, conflicts: conflicts().length, refused: refused.length, notes: notes.length }
}
