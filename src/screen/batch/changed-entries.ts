import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Screener } from '../match/screener.ts'
import { diffVersions } from '../versions/index.ts'

type ListVersion = { readonly list: string; readonly version: string }

/**
 * Entries that differ between the versions of the lists that earlier answers speak of and those of now, as `list:id`; null where a version is not in the store any more. For `RescreenOptions.changed`.
 *
 * @param before `answers.jsonl` or `decisions.jsonl`; the first line stands for all
 * @param store folder of the lists
 */
export async function changedEntries(before: string, store: string, { lists }: Pick<Screener, 'lists'>): Promise<readonly string[] | null> {
  const changed: string[] = []
  for (const { list, version } of await listsBefore(before)) {
    const now = lists.find((each) => each.list === list)
    if (now === undefined || now.version === version) continue
    try {
      const { added, removed, changed: other } = await diffVersions(store, list, version, now.version)
      for (const { id } of [...added, ...removed, ...other]) changed.push(`${list}:${id}`)
    } catch (error) {
      if ((error as { readonly code?: unknown }).code === 'list/no-version') return null
      throw error
    }
  }
  return changed
}

type Line = {
  readonly asks?: readonly { readonly answer?: { readonly lists?: readonly ListVersion[] } }[]
  readonly answer?: { readonly lists?: readonly ListVersion[] }
}

/** The lists of the first line; what is no line of answers is told by the screening itself, with its place. */
async function listsBefore(file: string): Promise<readonly ListVersion[]> {
  const stream = createReadStream(file, 'utf8')
  try {
    for await (const line of createInterface({ input: stream })) {
      const { asks, answer } = JSON.parse(line) as Line
      return (answer ?? asks?.[0]?.answer)?.lists ?? []
    }
  } catch {
    // Told by the screening itself.
  } finally {
    stream.destroy()
  }
  return []
}
