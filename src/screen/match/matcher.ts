import type { MatcherId, Setting } from './answer.ts'

/**
 * The version of the rules, prices, curves and factors of screening. Every change that can change an answer raises it; answers name it, and a setting file that pins another is refused.
 * `npm run accuracy -- names` says what this version achieves.
 */
export const MATCHER: MatcherId = 'cordon-1'

/** See docs/decisions/0058. */
export const DEFAULT_SETTING: Setting = { list: 0.5, alert: 0.7, weakAlerts: false, limit: 20 }
