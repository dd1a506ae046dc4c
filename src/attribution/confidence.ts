/**
 * The confidence scale of the TagPack schema (GraphSense, `tagpack/db/confidence.csv`): how a tag's creator came to know. Levels run from 0 to 100.
 * Order is authority among equal levels.
 */
export const CONFIDENCE: Readonly<Record<string, number>> = {
  override: 100,
  ownership: 100,
  ledger_immanent: 100,
  manual_transaction: 90,
  service_api: 70,
  forensic_investigation: 70,
  authority_data: 60,
  trusted_provider: 50,
  service_data: 50,
  forensic: 50,
  untrusted_transaction: 40,
  web_crawl: 20,
  heuristic: 10,
  unknown: 5,
}

/** What the schema's own tool takes a tag without a confidence for: the lowest of the scale. */
export const LOWEST_CONFIDENCE = 'unknown'

const RANK = new Map(Object.keys(CONFIDENCE).map((name, i) => [name, i]))

export function isConfidence(name: string): boolean {
  return Object.hasOwn(CONFIDENCE, name)
}

/** 0-100; a name that is not on the scale counts as little as `unknown`. */
export function confidenceLevel(name: string): number {
  return isConfidence(name) ? (CONFIDENCE[name] as number) : (CONFIDENCE[LOWEST_CONFIDENCE] as number)
}

/** Place on the scale, 0 first; names that are not on it come last. */
export function authority(name: string): number {
  return RANK.get(name) ?? RANK.size
}
