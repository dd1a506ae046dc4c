import type { NodeWorld, Reply, Someone } from '../world.ts'

/** A rule about movements, with what differs. */
export function movementRule(more: object = {}, when: object = {}) {
  return {
    name: 'Stolen ether moves',
    severity: 'high',
    enabled: true,
    when: { event: 'movement', direction: 'any', assets: null, counterparties: null, entities: null, ...when },
    watches: null,
    quietSeconds: 2_592_000,
    ...more,
  }
}

export function rule(when: object, more: object = {}) {
  return { ...movementRule(), when, ...more }
}

/** Makes a thing at its door and gives it. */
export async function make(who: Someone, noun: 'watch' | 'rule', body: object, label?: object): Promise<any> {
  const made = await who.ask('POST', `/api/v1/${noun === 'watch' ? 'watches' : 'rules'}`, { [noun]: body, ...(label && { label }) })
  if (made.status !== 201) throw new Error(made.text)
  return made.json
}

/** Changes something as it stands now. */
export async function onLatest(who: Someone, path: string, method: string, suffix = '', body?: object): Promise<Reply> {
  const read = await who.ask('GET', path)
  return await who.ask(method, `${path}${suffix}`, body, { 'if-match': read.headers.get('etag') ?? '"none"' })
}

/** Asks until the answer is there. */
export async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>, seconds = 40): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ; ) {
    const found = await ask()
    if (found) return found
    if (Date.now() > end) throw new Error(`never came: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Waits for alerts of a rule and gives the first of them whole. */
export async function alertOf(who: Someone, ruleId: string, holds: (alert: any) => boolean = () => true): Promise<any> {
  return await until(`an alert of rule ${ruleId}`, async () => {
    const { items } = (await who.ask('GET', `/api/v1/alerts?rule=${ruleId}`)).json
    for (const { id } of items) {
      const { json } = await who.ask('GET', `/api/v1/alerts/${id}`)
      if (holds(json)) return json
    }
    return null
  })
}

/** The entries of the record of an action. */
export async function entriesOf(world: NodeWorld, action: string): Promise<any[]> {
  const rows = await world.node.parts.database.system((tx) => tx.query<{ entry: string }>('select entry from log order by index'))
  return rows.map(({ entry }) => JSON.parse(entry)).filter((entry) => entry.action === action)
}
