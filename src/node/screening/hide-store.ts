import { CordonError } from '../../chain/index.ts'

/** An error of the lists as a caller is told it: without the place of their folder on this machine. Any other error is given as it is. */
export function hideStore(error: unknown, store: string): unknown {
  if (!(error instanceof CordonError)) return error
  const hidden = (text: string) => text.replaceAll(`${store}/`, '').replaceAll(store, 'the folder of the lists')
  const { file, ...place } = error.place
  const { remedy } = error
  return new CordonError(error.code, hidden(error.message), {
    place: { ...place, ...(file !== undefined && !file.startsWith('/') && { file: hidden(file) }) },
    ...(remedy !== null && { remedy: hidden(remedy) }),
    cause: error,
  })
}

/** Reads of the lists, without telling where they lie. */
export async function readingStore<T>(store: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw hideStore(error, store)
  }
}
