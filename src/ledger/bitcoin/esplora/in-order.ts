/** One after the other: the server is asked one thing at a time anyway, and numbers are given in a stated order. */
export async function inOrder<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await each(item))
  return results
}
