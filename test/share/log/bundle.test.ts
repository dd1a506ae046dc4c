import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addSignatures,
  COSIGNATURE,
  cosign,
  ED25519,
  formatBundle,
  formatTlogProof,
  frontierRoot,
  noteSigner,
  parseTlogProof,
  proveInclusion,
  signCheckpoint,
  verifyBundle,
} from '../../../src/share/log/index.ts'
import { numbered } from './tree.ts'

const code = (name: string) => expect.objectContaining({ code: `log/${name}` })

const log = noteSigner('node.example/log', ED25519, Buffer.alloc(32, 1))
const witnesses = ['jpn', 'kor'].map((name, i) => noteSigner(`${name}.example/w`, COSIGNATURE, Buffer.alloc(32, 10 + i)))
const policy = { origin: 'node.example/log', logKeys: [log.key], witnesses: witnesses.map(({ key }) => key), quorum: 1 }

const tree = numbered(37)

async function bundleOf(index: number, size: number) {
  const checkpoint = { origin: 'node.example/log', size, root: frontierRoot(tree.frontiers[size]!), extensions: [] }
  const note = addSignatures(signCheckpoint(checkpoint, [log]), witnesses.map((each) => cosign(each, checkpoint, 1_790_000_000)).join(''))
  return { entry: tree.entries[index]!, index, path: await proveInclusion(tree.reader, index, size), checkpoint: note }
}

describe('an entry with its proof', () => {
  it('verifies offline, with the keys alone, for every entry and size', async () => {
    for (const size of [1, 2, 16, 37]) {
      for (let index = 0; index < size; index++) {
        const verified = verifyBundle(formatBundle(await bundleOf(index, size)), policy)
        expect(Buffer.from(verified.entry).toString()).toBe(`leaf ${index}`)
        expect(verified).toMatchObject({
          index,
          checkpoint: { size },
          cosigned: [{ witness: 'jpn.example/w' }, { witness: 'kor.example/w' }],
        })
      }
    }
  })

  it('fails when any one character of the document is exchanged for another', async () => {
    const text = formatBundle(await bundleOf(11, 37))
    const both = { ...policy, quorum: 2 }
    const spoilt = fc.tuple(fc.nat({ max: text.length - 1 }), fc.stringMatching(/^[ -~]$/))
    fc.assert(
      fc.property(spoilt, ([at, other]) => {
        fc.pre(text[at] !== other && text[at]!.trim() !== '')
        const document = text.slice(0, at) + other + text.slice(at + 1)
        expect(() => verifyBundle(document, both), document).toThrow(expect.objectContaining({ name: 'CordonError' }))
      }),
      { numRuns: 2_000 },
    )
  })

  it('says which step failed', async () => {
    const bundle = await bundleOf(11, 37)
    const changed = { ...bundle, entry: Buffer.from('leaf 12') }
    expect(() => verifyBundle(formatBundle(changed), policy)).toThrow(code('not-included'))
    expect(() => verifyBundle(formatBundle({ ...bundle, index: 12 }), policy)).toThrow(code('not-included'))
    expect(() => verifyBundle(formatBundle({ ...bundle, index: 37 }), policy)).toThrow(code('not-included'))
    expect(() => verifyBundle(formatBundle({ ...bundle, path: bundle.path.slice(1) }), policy)).toThrow(/the path is too short/)
    const older = await bundleOf(11, 36)
    expect(() => verifyBundle(formatBundle({ ...bundle, checkpoint: older.checkpoint }), policy)).toThrow(code('not-included'))
    const strict = {
      ...policy,
      witnesses: policy.witnesses.slice(0, 1),
      quorum: 1,
      logKeys: [noteSigner('node.example/log', ED25519, Buffer.alloc(32, 3)).key],
    }
    expect(() => verifyBundle(formatBundle(bundle), strict)).toThrow(code('not-signed'))
    expect(() => verifyBundle(formatBundle(bundle), { ...policy, origin: 'x.example' })).toThrow(code('other-log'))
    const stranger = noteSigner('x.example', COSIGNATURE, Buffer.alloc(32, 9)).key
    expect(() => verifyBundle(formatBundle(bundle), { ...policy, witnesses: [stranger] })).toThrow(code('too-few-witnesses'))
  })

  it('is refused in any other form', async () => {
    const good = JSON.parse(formatBundle(await bundleOf(3, 5))) as Record<string, unknown>
    for (const bad of [
      '',
      '{',
      'null',
      '[]',
      '7',
      '{}',
      JSON.stringify({ ...good, format: 'cordon/log-proof@2' }),
      JSON.stringify({ ...good, extra: 1 }),
      JSON.stringify({ ...good, entry: 'not base64!' }),
      JSON.stringify({ ...good, entry: null }),
      JSON.stringify({ ...good, index: '3' }),
      JSON.stringify({ ...good, index: -3 }),
      JSON.stringify({ ...good, index: 3.5 }),
      JSON.stringify({ ...good, path: 'x' }),
      JSON.stringify({ ...good, path: ['AAAA'] }),
      JSON.stringify({ ...good, path: [null] }),
      JSON.stringify({ ...good, path: Array(64).fill((good.path as string[])[0]) }),
      JSON.stringify({ ...good, checkpoint: {} }),
      `{"format":${' '.repeat(4_000_000)}1}`,
    ]) {
      expect(() => verifyBundle(bad, policy), bad.slice(0, 80)).toThrow(code('bad-proof'))
    }
  })
})

describe('a proof in the text form of C2SP tlog-proof', () => {
  it('comes back unchanged, and begins as the specification says', async () => {
    const { index, path, checkpoint } = await bundleOf(11, 37)
    for (const extra of [null, Buffer.from('extra information'), new Uint8Array(0)]) {
      const text = formatTlogProof({ index, path, checkpoint, extra })
      expect(
        text.startsWith(`c2sp.org/tlog-proof@v1\n${extra === null ? '' : `extra ${Buffer.from(extra).toString('base64')}\n`}index 11\n`),
      ).toBe(true)
      expect(formatTlogProof(parseTlogProof(text))).toBe(text)
      expect(parseTlogProof(text).checkpoint).toBe(checkpoint)
    }
  })

  it('is refused in any other form', async () => {
    const { index, path, checkpoint } = await bundleOf(11, 37)
    const text = formatTlogProof({ index, path, checkpoint, extra: null })
    // The first seven as in transparency-dev/merkle, proof/tlog_proof_test.go.
    for (const bad of [
      'wrong-header\nindex 0\n\ncheckpoint\n',
      'c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n',
      'c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n',
      'c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n',
      'c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n',
      'c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n',
      `c2sp.org/tlog-proof@v1\nindex 0\n${Buffer.alloc(64).toString('base64')}\n\ncheckpoint\n`,
      '',
      text.replace('index 11', 'index 011'),
      text.replace('index 11', 'index 11 '),
      text.replace('\n\n', '\n'.concat(`${Buffer.alloc(32).toString('base64')}\n`.repeat(64), '\n')),
      'a'.repeat(2_000_001),
    ]) {
      expect(() => parseTlogProof(bad), bad.slice(0, 60)).toThrow(code('bad-proof'))
    }
  })
})
