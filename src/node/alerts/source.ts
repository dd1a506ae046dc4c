/** Where events come from. What it looks at is kept by the node, and how far it looked too: nothing that happened is lost with the process. */
export type Source = {
  readonly name: string
  /** Milliseconds between two looks at least. */
  readonly everyMs: number
  /** Looks at what came since the last time and raises alerts of it. */
  look(signal: AbortSignal): Promise<void>
}

/** Looks at each of several things; one that cannot be looked at keeps none of the others waiting. Throws what the first of these threw, at the end. */
export async function lookAtEach<Thing>(things: readonly Thing[], look: (thing: Thing) => Promise<void>): Promise<void> {
  const failures: unknown[] = []
  for (const thing of things) await look(thing).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}
