import type { RuleBody, WatchBody } from '../../cases/index.ts'

export const ALERT = 'alert'
export const RULE = 'rule'
export const WATCH = 'watch'

/** What is kept of a watch. `ended`: when it was taken away, ISO 8601 UTC; its versions stay. */
export type WatchKept = WatchBody & { readonly ended: string | null }

/** What is kept of a rule. */
export type RuleKept = RuleBody & {
  /** By whose eyes it looks: the person who last wrote it. Another label, put on by a releaser, changes no author. */
  readonly author: string
  readonly ended: string | null
}

/** The rule as the domain knows it. */
export function ruleOf({ author: _author, ended: _ended, ...rule }: RuleKept): RuleBody {
  return rule
}

/** The watch as the domain knows it. */
export function watchOf({ ended: _ended, ...watch }: WatchKept): WatchBody {
  return watch
}
