import type { Config } from '../../../src/node/config/index.ts'
import { REQUEST } from '../../cases/freeze/example.ts'
import { type NodeWorld, nodeWorld, type Reply, type Someone } from '../world.ts'

/** A clock that tests set. */
export type SetClock = { now: Date; read(): Date; pass(minutes: number): void }

/** When the example was written: five minutes after its order. */
export const BEGIN = '2026-02-21T15:10:00.000Z'

export function setClock(at: string): SetClock {
  return {
    now: new Date(at),
    read() {
      return this.now
    },
    pass(minutes) {
      this.now = new Date(this.now.getTime() + minutes * 60_000)
    },
  }
}

/** A node at the tests' clock, at which nobody is signed out while days pass. */
export async function deskWorld(
  clock: SetClock,
  { url = null as string | null, change = (config: Config): Config => config } = {},
): Promise<NodeWorld> {
  return await nodeWorld({
    url,
    clock: () => clock.read(),
    change: (config) => change({ ...config, signIn: { ...config.signIn, idleMinutes: 1440, absoluteHours: 168 } }),
  })
}

export { REQUEST }

/** Opens the example, or another request, and gives the answer. */
export async function open(who: Someone, { team = [] as readonly Someone[], request = REQUEST as unknown, ...rest } = {}): Promise<Reply> {
  return await who.ask('POST', '/api/v1/requests', { request, team: team.map(({ id }) => id), ...rest })
}

/** Does something with a request as it stands for that person. */
export async function act(who: Someone, id: string, body: object): Promise<Reply> {
  const read = await who.ask('GET', `/api/v1/requests/${id}`)
  return await who.ask('POST', `/api/v1/requests/${id}/actions`, body, { 'if-match': read.headers.get('etag') ?? '"none"' })
}

/** Changes what is asked. */
export async function change(who: Someone, id: string, request: unknown, reason = 'a slip'): Promise<Reply> {
  const read = await who.ask('GET', `/api/v1/requests/${id}`)
  return await who.ask('PUT', `/api/v1/requests/${id}`, { request, reason }, { 'if-match': read.headers.get('etag') ?? '"none"' })
}

/** The entry of the exchange that the example asks, with windows that the tests rely on. */
export const LBANK = {
  id: 'lbank',
  name: 'LBank',
  legalName: 'LBK Blockchain Co. Limited',
  kind: 'exchange',
  jurisdiction: 'VGB',
  website: 'https://www.lbank.com/',
  channels: [
    {
      id: 'email',
      kind: 'email',
      address: 'enforcement@lbank.com',
      source: 'https://support.lbank.com/',
      readAs: 'stored copy',
      note: null,
    },
  ],
  asks: [],
  windows: { answer: '5 business days', access: null, preserves: null, holdEnds: '30 days' },
  languages: ['en'],
  notes: [],
  read: '2026-11-25',
}

/** Three people of one house who do the three things, and one who is not of the team. */
export async function house(world: NodeWorld) {
  return {
    analyst: await world.someone('Ann', ['analyst']),
    supervisor: await world.someone('Sue', ['supervisor']),
    releaser: await world.someone('Rex', ['releaser']),
    colleague: await world.someone('Col', ['analyst', 'supervisor', 'releaser']),
  }
}
