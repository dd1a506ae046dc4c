import { confidenceLevel, type Tag } from '../../src/attribution/index.ts'

/** A tag that somebody read on the web, but for the fields that a test is about. */
export function tagOf(fields: Partial<Tag> & Pick<Tag, 'address'>): Tag {
  return {
    txHash: null,
    currency: 'BTC',
    network: 'BTC',
    label: 'label',
    source: 'https://example.org',
    confidence: 'web_crawl',
    concepts: [],
    abuse: null,
    actor: null,
    category: null,
    tagType: 'actor',
    isClusterDefiner: false,
    context: null,
    lastmod: null,
    pack: 'pack',
    file: 'pack.yaml',
    ...fields,
    confidenceLevel: fields.confidenceLevel ?? confidenceLevel(fields.confidence ?? 'web_crawl'),
  }
}
