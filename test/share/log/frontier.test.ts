import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMPTY_FRONTIER, formatFrontier, frontierAt, frontierRoot, parseFrontier, treeRoot } from '../../../src/share/log/index.ts'
import { anEntry, hex, logOf, numbered } from './tree.ts'

describe('the right edge of a growing log', () => {
  it('has the root of the recursive definition at every size', () => {
    fc.assert(
      fc.property(fc.array(anEntry, { maxLength: 140 }), (entries) => {
        const { leaves, frontiers } = logOf(entries)
        for (const frontier of frontiers) expect(hex(frontierRoot(frontier))).toBe(hex(treeRoot(leaves.slice(0, frontier.size))))
      }),
      { numRuns: 30 },
    )
  })

  it('holds one hash per bit of its size, and completes fewer than two subtrees an entry', async () => {
    const { frontiers, reader } = numbered(300)
    for (const frontier of frontiers) {
      expect(frontier.hashes).toHaveLength([...frontier.size.toString(2)].filter((bit) => bit === '1').length)
      expect((await frontierAt(reader, frontier.size)).hashes.map(hex)).toEqual(frontier.hashes.map(hex))
    }
  })

  it('comes back from its text unchanged', () => {
    for (const frontier of numbered(70).frontiers) {
      const text = formatFrontier(frontier)
      expect(formatFrontier(parseFrontier(text))).toBe(text)
      expect(hex(frontierRoot(parseFrontier(text)))).toBe(hex(frontierRoot(frontier)))
    }
    expect(formatFrontier(EMPTY_FRONTIER)).toBe('0\n')
  })

  it('is refused in any other text', () => {
    const text = formatFrontier(numbered(5).frontiers[5]!)
    const hash = text.split('\n')[1]!
    for (const bad of [
      '',
      '5',
      '\n',
      '05\n',
      '-1\n',
      '5\n',
      text.trimEnd(),
      `${text}\n`,
      text + hash,
      text.replace('5\n', '6\n').replace(/\n$/, ''),
      text.replace('5\n', '7\n'),
      text.replace('5\n', '+5\n'),
      text.replace('5\n', '5 \n'),
      text.replace('5\n', '9007199254740992\n'),
      text.replace(hash, hash.slice(4)),
      text.replace(hash, `${hash.slice(0, -2)}B=`),
      text.replace(hash, hash.replace('=', '')),
      text.replaceAll('\n', '\r\n'),
      `5\n${'A'.repeat(1_000_000)}`,
    ]) {
      expect(() => parseFrontier(bad), bad.slice(0, 80)).toThrow(expect.objectContaining({ code: 'log/bad-frontier' }))
    }
  })
})
