import type { components } from './schema.ts'

type Problem = components['schemas']['Problem']

/** A refusal of the node (RFC 9457). `code` is stable and for programs; `remedy` says what to do. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  /** E.g. `node/not-found`; `client/no-problem` for an answer that is not the node's own, such as a proxy's. */
  readonly code: string
  readonly status: number
  readonly remedy: string | null
  /** Where in the request it is. */
  readonly place: string | null
  /** Id of the request, under which the node's operator finds it in the log. */
  readonly instance: string | null
  /** Seconds after which it may go better, where the node said so. */
  readonly retryAfter: number | null

  constructor(problem: Pick<Problem, 'code' | 'status'> & Partial<Problem>, retryAfter: number | null = null) {
    super(problem.detail ?? problem.title ?? problem.code)
    this.code = problem.code
    this.status = problem.status
    this.remedy = problem.remedy ?? null
    this.place = problem.place ?? null
    this.instance = problem.instance ?? null
    this.retryAfter = retryAfter
  }
}

/** The error of an answer that is none of success. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const retryAfter = retryAfterOf(response, Date.now())
  const text = await response.text()
  try {
    const problem = JSON.parse(text) as Partial<Problem> | null
    if (typeof problem?.code === 'string') return new ProblemError({ ...problem, code: problem.code, status: response.status }, retryAfter)
  } catch {
    // It is told below that it is none.
  }
  return new ProblemError(
    {
      code: 'client/no-problem',
      status: response.status,
      detail: `the answer ${response.status} is not of a Cordon node: ${text.slice(0, 200)}`,
      remedy: 'Check the address, and what stands between here and the node.',
    },
    retryAfter,
  )
}

/** Seconds of a Retry-After header (RFC 9110, section 10.2.3), or null. */
export function retryAfterOf({ headers }: Response, now: number): number | null {
  const value = headers.get('retry-after')
  if (value === null) return null
  if (/^\d{1,9}$/.test(value)) return Number(value)
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, (at - now) / 1000)
}
