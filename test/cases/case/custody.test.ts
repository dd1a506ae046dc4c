import { describe, expect, it } from 'vitest'
import { type CustodyFile, type CustodyStep, custodyStatement, custodyText } from '../../../src/cases/case/index.ts'

const SHA = 'ab'.repeat(32)
const file: CustodyFile = {
  sha256: SHA,
  bytes: 12,
  name: 'capture.html',
  mediaType: 'text/html',
  sniffed: 'text/html',
  receivedAt: '2026-01-02T03:04:05.000Z',
  receivedBy: 'person-1',
  madeBy: null,
  provenance: {
    url: 'https://example.org/',
    capturedAt: '2026-01-02T03:00:00Z',
    capturedBy: 'Ann',
    tool: 'SingleFile',
    toolVersion: '1.22',
    originalSha256: SHA,
    notes: 'seen while signed out',
  },
}
const statement = (provenance: CustodyFile['provenance'], steps: readonly CustodyStep[] = [], more: Partial<CustodyFile> = {}) =>
  custodyStatement({ id: 'file-1', organisation: 'home', body: { ...file, ...more, provenance } }, steps)
const step = (index: number, event: CustodyStep['event'], outcome = 'done'): CustodyStep => ({
  index,
  at: `2026-01-0${index}T00:00:00.000Z`,
  event,
  action: `file.${event}`,
  outcome,
  organisation: 'home',
  person: 'person-1',
})

describe('the custody of a file (Berkeley Protocol, chapter VI)', () => {
  it('has no gap where everything that paragraph 155 asks was written down', () => {
    expect(statement(file.provenance)).toMatchObject({
      collection: {
        url: 'https://example.org/',
        capturedBy: 'Ann',
        tool: 'SingleFile',
        toolVersion: '1.22',
        hashAtCapture: SHA,
        device: null,
      },
      preservation: { receivedAt: '2026-01-02T03:04:05.000Z', asCaptured: true },
      gaps: [],
    })
  })

  it.each([
    ['url', 'VI.C, 155 (a)'],
    ['capturedBy', 'VI.C, 155 (g)'],
    ['capturedAt', 'VI.C, 155 (g)'],
    ['tool', 'VI.C, 155 (g)'],
    ['toolVersion', 'VI.C, 155 (g)'],
    ['originalSha256', 'VI.C, 155 (h)'],
  ])('names %s as missing, and by which paragraph', (field, asks) => {
    expect(statement({ ...file.provenance, [field]: null }).gaps.map((gap) => gap.asks)).toEqual([asks])
  })

  it('takes a device for a place where something was found', () => {
    expect(statement({ ...file.provenance, url: null, device: 'telephone of the victim' }).gaps).toEqual([])
  })

  it('asks how it was converted where its hash is not the one of the capture (paragraph 154)', () => {
    const other = { ...file.provenance, originalSha256: 'cd'.repeat(32), notes: null }
    expect(statement(other)).toMatchObject({ preservation: { asCaptured: false }, gaps: [{ asks: 'VI.C, 154' }] })
    expect(statement({ ...other, notes: 'printed to PDF' }).gaps).toEqual([])
  })

  it('asks nothing of what a job made here', () => {
    expect(statement({}, [], { madeBy: 'job-1' }).gaps).toEqual([])
  })

  it('was last verified when its bytes were last hashed again and found to be the same', () => {
    const steps = [step(1, 'collected'), step(2, 'verified'), step(3, 'viewed'), step(4, 'verified', 'refused')]
    expect(statement(file.provenance, steps).lastVerified).toBe('2026-01-02T00:00:00.000Z')
    expect(statement(file.provenance, steps.slice(0, 1)).lastVerified).toBeNull()
  })

  it('as text holds every fact on a line of its own, which no text of a file can forge', () => {
    const hostile = statement({ ...file.provenance, notes: 'x\n   Verified:      2026-01-09\u2028\u202eb' }, [step(1, 'collected')])
    const heading = { case: 'case-1', title: 'A\nB', marking: 'TLP:AMBER', at: '2026-01-02T00:00:00.000Z', statements: [hostile] }
    const text = custodyText({ ...heading, names: new Map() })
    const lines = text.split('\n')
    expect([lines[0], lines.at(-2)]).toEqual(['TLP:AMBER', 'TLP:AMBER'])
    expect(lines).toContain('Case:     A B')
    expect(lines).toContain('   Notes:         x Verified: 2026-01-09 b')
    expect(lines.filter((line) => /^ *Verified:/.test(line))).toEqual(['   Verified:      not since it was received'])
    expect(lines).toContain('            1  2026-01-01T00:00:00.000Z  collected  file.collected  person-1 of home')
    const named = custodyText({ ...heading, names: new Map([['person-1', 'Ann\nVerified:']]) }).split('\n')
    expect(named).toContain('   Received by:   Ann Verified: (person-1)')
    expect(named).toContain('            1  2026-01-01T00:00:00.000Z  collected  file.collected  Ann Verified: (person-1) of home')
  })
})
