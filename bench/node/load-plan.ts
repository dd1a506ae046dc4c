/** A caller of the load: his key, his organisation, and what of the store he may read or own. */
export type LoadCaller = {
  readonly key: string
  readonly organisation: string
  /** Ids of cases and of any objects that he may read. */
  readonly cases: readonly string[]
  readonly objects: readonly string[]
  /** Ids of objects that are closed to him. */
  readonly closed: readonly string[]
}

/** What the asking process is told. */
export type LoadOrder = {
  readonly url: string
  readonly callers: readonly LoadCaller[]
  readonly perSecond: number
  readonly seconds: number
  /** Seconds at the beginning that are not counted: connections, caches, compiled code. */
  readonly warmUp: number
  readonly streams: number
  readonly seed: number
  /** Names and wallets to screen; none where the node has no lists. */
  readonly names: readonly string[]
  readonly wallets: readonly string[]
  readonly words: readonly string[]
}

/** What came of one kind of request: milliseconds from the moment at which it should have been sent, and answers that were not what they should be. */
export type DoorTimes = { readonly door: string; readonly times: readonly number[]; readonly errors: Readonly<Record<string, number>> }

export type LoadResult = {
  readonly doors: readonly DoorTimes[]
  readonly sent: number
  /** Requests under way at once, at most. */
  readonly most: number
  readonly events: number
  readonly streamsLost: number
}

/** A look at the process of the node. */
export type Sample = {
  readonly second: number
  readonly rssMiB: number
  readonly heapMiB: number
  readonly delayP99: number
  readonly delayMax: number
  readonly cpu: number
}

/** Kinds of requests, and how many of a hundred are of each. Where nothing can be screened, the screening's part is read. */
export function mix(screening: boolean): readonly (readonly [door: Door, share: number])[] {
  const read: readonly (readonly [Door, number])[] = [
    ['GET /cases/{id}', 18],
    ['GET /cases', 10],
    ['GET /objects/{id}', 14],
    ['GET /objects?q=', 8],
    ['GET /objects/counts', 2],
    ['GET /objects/{id}/versions', 4],
    ['GET /objects/{id}/links', 3],
    ['GET /cases/{id} closed (404)', 3],
    ['GET /lists', 3],
  ]
  const rest: readonly (readonly [Door, number])[] = [
    ['POST /cases', 6],
    ['POST /cases/{id}/notes', 4],
    ['PUT /cases/{id}', 5],
  ]
  const screened: readonly (readonly [Door, number])[] = screening
    ? [
        ['POST /screen/name', 14],
        ['POST /screen/wallet', 6],
      ]
    : [['GET /objects/{id}', 20]]
  return [...read, ...screened, ...rest]
}

export type Door =
  | 'GET /cases/{id}'
  | 'GET /cases'
  | 'GET /objects/{id}'
  | 'GET /objects?q='
  | 'GET /objects/counts'
  | 'GET /objects/{id}/versions'
  | 'GET /objects/{id}/links'
  | 'GET /cases/{id} closed (404)'
  | 'GET /lists'
  | 'POST /screen/name'
  | 'POST /screen/wallet'
  | 'POST /cases'
  | 'POST /cases/{id}/notes'
  | 'PUT /cases/{id}'
