import { describe, expect, it } from 'vitest'
import type { TraceDocument } from '../../../src/trace/index.ts'
import { renderReport } from '../../../src/trace/report/index.ts'
import { COLOURS } from '../../../src/trace/report/words.ts'
import { address, heistDocument, smallDocument } from './sample.ts'

const HOSTILE =
  '<script>alert(1)</script><img src=x onerror=alert(1)>"\'`--><style>@import url(http://evil.example)</style>\u202Egro.elpmaxe'

/** Tags of a page: every opening tag with its attributes, from a page whose attribute values are all quoted. */
function tags(page: string): { name: string; attributes: Map<string, string> }[] {
  return [...page.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map((match) => ({
    name: (match[1] as string).toLowerCase(),
    attributes: new Map(
      [...(match[2] as string).matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g)].map((pair) => [(pair[1] as string).toLowerCase(), pair[2] ?? '']),
    ),
  }))
}

/** The page opens with no network: no tag that loads or runs, no address in an attribute but anchors within the page. */
function expectSelfContained(page: string): void {
  const all = tags(page)
  const known =
    'html head meta title style body main header nav p h1 h2 h3 a dl dt dd div section article ul li strong span table caption thead tbody tfoot tr th td code pre br bdi i figure figcaption footer svg desc g path rect text tspan'
  expect([...new Set(all.map(({ name }) => name))].filter((name) => !known.split(' ').includes(name))).toEqual([])
  for (const { name, attributes } of all) {
    for (const [key, value] of attributes) {
      expect(key).not.toMatch(/^on|^(src|srcset|action|formaction|data|poster|background|style|xlink:href)$/)
      if (key === 'href') expect([name, value.startsWith('#')]).toEqual(['a', true])
    }
  }
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] as string
  expect(style).not.toMatch(/url\(|@import|expression|<\//)
  // Nothing that looks like a tag was passed over by the reader above.
  const opening = page.match(/<[a-z]/gi)?.length
  expect(all.length).toBe(opening)
}

async function hostileDocument(): Promise<TraceDocument> {
  const document = await smallDocument({}, { exchange: HOSTILE, symbol: HOSTILE })
  return {
    ...document,
    tags: [{ file: HOSTILE, title: HOSTILE, sha256: 'ab'.repeat(32), tags: 1 }],
    entities: document.entities.map((entity) => ({
      ...entity,
      contact: `javascript:alert(1)//${HOSTILE}`,
      evidence: [HOSTILE, 'x'.repeat(10_000)],
      conflicts: [HOSTILE],
    })),
    lookAlikes: [{ account: address(1), imitates: address(2), victim: address(3), transfers: 1, reasons: [HOSTILE] }],
    completeness: { ...document.completeness, limits: [HOSTILE] },
    ledger: { ...document.ledger, chain: HOSTILE, orderNotes: [HOSTILE] },
    engine: HOSTILE,
  }
}

describe('the report', () => {
  it('loads nothing and runs nothing when opened', async () => {
    const page = renderReport(await smallDocument())
    expectSelfContained(page)
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;`)
  })

  it('stays so when every text in it is hostile', async () => {
    const page = renderReport(await hostileDocument())
    expectSelfContained(page)
    expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f]/)
    expect(page).toContain('[U+202E]')
    expect(page.length).toBeLessThan(150_000)
  })

  it('is the same bytes for the same document', async () => {
    expect(renderReport(await smallDocument())).toBe(renderReport(await smallDocument()))
  })

  it('says in plain words how much reached whom, and between which bounds', async () => {
    const document = await smallDocument()
    const text = renderReport(document)
      .replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ')
    expect(text).toContain('999.5 ETH is counted as stolen (1 seed) and was followed through 6 accounts.')
    expect(text).toContain('600 ETH (60.0 %) reached 1 exchange (500 ETH) and 1 mixer (100 ETH).')
    expect(text).toContain('80 ETH was swapped into DAI and is followed there.')
    expect(text).toContain('Example Exchange: whatever accounting rule is chosen, exactly 500 ETH of the stolen funds reached it.')
    expect(text).toMatch(
      /Example Bridge: 90,000 DAI under the chosen rule\. Whatever accounting rule is chosen, at least [\d.,]+ DAI and at most [\d.,]+ DAI of the stolen funds reached it\./,
    )
    expect(text).toContain('319.5 ETH (32.0 %) was still held by 4 accounts')
    expect(text).toContain('cordon trace verify TRACE.json --ledger DIR')
    expect(text).toContain('exchange.example/law-enforcement')
  })

  it('writes every address of an end point in full', async () => {
    const document = await smallDocument()
    const page = renderReport(document)
    for (const { account } of document.endpoints) expect(page).toContain(`<code>${account}</code>`)
    expect(page).toContain(document.ledger.hash)
  })

  it('has one heading of the first level, headings without gaps, headed and captioned tables, and described pictures', async () => {
    const page = renderReport(await smallDocument())
    const levels = [...page.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    for (const [i, level] of levels.entries()) if (i > 0) expect(level - (levels[i - 1] as number)).toBeLessThanOrEqual(1)
    for (const [, inner] of page.matchAll(/<table>([\s\S]*?)<\/table>/g)) {
      expect(inner).toMatch(/<caption>[^<]/)
      expect(inner).toContain('<th scope="col"')
    }
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] as string)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, label] of page.matchAll(/<svg[^>]*aria-labelledby="([^"]+)"/g))
      for (const id of (label as string).split(' ')) expect(ids).toContain(id)
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
  })

  it('does not cut a table in silence', async () => {
    const document = await smallDocument()
    const held = document.endpoints.filter(({ kind }) => kind === 'held')
    const many = Array.from({ length: 100 }, (_, i) => ({
      ...(held[0] as (typeof held)[number]),
      account: `0x${i.toString(16).padStart(40, '0')}`,
    }))
    const page = renderReport({ ...document, endpoints: many })
    expect(page).toMatch(/and 60 more, all in the trace document: 3,000,000 DAI/)
  })

  it('tells a backward trace as one', async () => {
    const page = renderReport(await smallDocument({ direction: 'backward' }))
    expectSelfContained(page)
    expect(page).toContain('Trace back from a cash-out')
    expect(page).toContain('Where it came from')
  })

  it('warns that poison does not add up, and shows no shares under it', async () => {
    const page = renderReport(await smallDocument({ policy: 'poison' }))
    expect(page).toContain('do not add up')
    expect(page).not.toMatch(/\d\.\d\u00a0%/)
  })

  it('can be made of a trace in which nothing moved, without times, without tags', async () => {
    const document = await smallDocument({ bounds: false })
    const empty: TraceDocument = {
      ...document,
      ledger: { ...document.ledger, time: null, blocks: null },
      tags: [],
      endpoints: [],
      entities: [],
      flows: [],
      swaps: [],
      accounts: [],
      conservation: [],
      completeness: { ...document.completeness, openingBalances: [], limits: [] },
    }
    expectSelfContained(renderReport(empty))
    expectSelfContained(renderReport({ ...document, flows: document.flows.map((flow) => ({ ...flow, time: null })) }))
  })

  it('has colours of enough contrast against the page in light and dark (WCAG 2.2, 1.4.3 and 1.4.11)', () => {
    const luminance = (hex: string): number => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
        const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const contrast = (a: string, b: string): number => {
      const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p)
      return ((x as number) + 0.05) / ((y as number) + 0.05)
    }
    const asText = new Set([
      'exchange',
      'mixer',
      'bridge',
      'defi',
      'gambling',
      'payment',
      'custody',
      'other-service',
      'unnamed-service',
      'null-account',
      'actor',
    ])
    for (const [kind, [light, dark]] of Object.entries(COLOURS)) {
      const least = asText.has(kind) ? 4.5 : 3
      expect(contrast(light, '#ffffff'), `${kind} in light`).toBeGreaterThanOrEqual(least)
      expect(contrast(dark, '#12161c'), `${kind} in dark`).toBeGreaterThanOrEqual(least)
    }
  })

  it.each(['harmony-2022', 'atomic-wallet-2023'] as const)('of %s is of a size to send by mail', async (name) => {
    const document = await heistDocument(name)
    if (document === null) return console.info(`skipped: ${name} is not on this machine`)
    const page = renderReport(document)
    expectSelfContained(page)
    expect(page.length).toBeLessThan(400_000)
    const services = document.endpoints.filter(({ kind }) => kind === 'service')
    for (const { account } of services.slice(0, 60)) expect(page).toContain(account)
  })
})
