import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addSignatures,
  ED25519,
  noteSigner,
  openNote,
  parseNote,
  parseSecretKey,
  parseVerifierKey,
  signNote,
} from '../../../src/share/log/index.ts'

/** golang.org/x/mod, sumdb/note/note_test.go. */
const PETER = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
const ENOCH = parseVerifierKey('EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop')
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const PETER_LINE = '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const ENOCH_LINE = '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'
const NOTE = `${TEXT}\n${PETER_LINE}${ENOCH_LINE}`

const code = (name: string) => expect.objectContaining({ code: `log/${name}` })

describe('a signed note (C2SP signed-note)', () => {
  it('is signed as Go signs it', () => {
    const signer = parseSecretKey('PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz')
    expect(signNote(TEXT, [signer])).toBe(`${TEXT}\n${PETER_LINE}`)
  })

  it('opens with the keys that are trusted; what others signed is set apart', () => {
    const one = openNote(NOTE, [PETER])
    expect(one.text).toBe(TEXT)
    expect(one.verified).toEqual([{ key: PETER, time: null }])
    expect(one.unknown).toMatchObject([{ name: 'EnochRoot', id: 'af0cfe78' }])
    expect(openNote(Buffer.from(NOTE), [ENOCH, PETER]).verified.map(({ key }) => key.name)).toEqual(['PeterNeumann', 'EnochRoot'])
    expect(openNote(NOTE, [ENOCH, ENOCH]).verified).toHaveLength(1)
    expect(() => openNote(NOTE, [])).toThrow(code('not-signed'))
  })

  it('is the real head of the Go checksum database at 20,852,163 entries', () => {
    // Text and signature as C2SP tlog-checkpoint prints them, under the name that they were signed with.
    const key = parseVerifierKey('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8')
    const signature = 'Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8='
    const head = `go.sum database tree\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— sum.golang.org ${signature}\n`
    expect(openNote(head, [key]).verified).toEqual([{ key, time: null }])
    expect(() => openNote(head.replace('20852163', '20852164'), [key])).toThrow(code('bad-signature'))
  })

  it('is bad as a whole where a trusted key did not sign what it says', () => {
    expect(() => openNote(`${TEXT}\n${PETER_LINE.slice(0, 60)}ABCD${PETER_LINE.slice(60)}`, [PETER])).toThrow(code('bad-signature'))
    expect(() => openNote(NOTE.replace('your problem is', 'your problem was'), [PETER])).toThrow(code('bad-signature'))
    const broken = ENOCH_LINE.replace('rwz+eBzm', 'rwz+eBzn')
    expect(() => openNote(`${TEXT}\n${PETER_LINE}${broken}`, [PETER, ENOCH])).toThrow(code('bad-signature'))
    expect(openNote(`${TEXT}\n${PETER_LINE}${broken}`, [PETER]).unknown).toHaveLength(1)
  })

  it('is not opened when any bit of its text or signature is turned', () => {
    const note = Buffer.from(`${TEXT}\n${PETER_LINE}`)
    for (let bit = 0; bit < note.length * 8; bit++) {
      const copy = Buffer.from(note)
      copy[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => openNote(copy, [PETER]), `bit ${bit}`).toThrow(expect.objectContaining({ name: 'CordonError' }))
    }
  })

  it('is refused where two trusted keys share name and id', () => {
    const other = { ...ENOCH, publicKey: Uint8Array.from(ENOCH.publicKey, (byte) => byte ^ 1) }
    expect(() => openNote(NOTE, [ENOCH, other])).toThrow(code('ambiguous-key'))
    expect(openNote(`${TEXT}\n${PETER_LINE}`, [PETER, ENOCH, other]).verified).toHaveLength(1)
  })

  it('is refused where it is malformed', () => {
    for (const bad of [
      '',
      '\n',
      '\n\n',
      TEXT,
      `${TEXT}\n`,
      `${TEXT}\n${PETER_LINE.slice(0, -1)}`,
      `\u0001${TEXT}\n${PETER_LINE}`,
      `${TEXT}\r\n${PETER_LINE}`,
      `\ud800${TEXT}\n${PETER_LINE}`,
      `${TEXT}\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`,
      `${TEXT}\n${PETER_LINE}Unexpected line.\n`,
      `${TEXT}\n${PETER_LINE.replace('—', '-')}`,
      `${TEXT}\n${PETER_LINE.replace('— ', '—  ')}`,
      `${TEXT}\n${PETER_LINE.replace('=\n', '\n')}`,
      `${TEXT}\n${PETER_LINE.replace('=\n', '= \n')}`,
      `${TEXT}\n— a+b AAAAAAA=\n`,
      `${TEXT}\n— a\u2003b AAAAAAA=\n`,
      `${TEXT}\n— short AAAA\n`,
      `${TEXT}\n${PETER_LINE.repeat(101)}`,
      `${'a'.repeat(1_000_001)}\n\n${PETER_LINE}`,
    ]) {
      expect(() => openNote(bad, [PETER]), bad.slice(0, 60)).toThrow(code('bad-note'))
    }
    for (const bad of [Buffer.from([0xff, ...Buffer.from(NOTE)]), Buffer.from([0xef, 0xbb]), Buffer.alloc(1_000_001, 0x61)]) {
      expect(() => openNote(bad, [PETER])).toThrow(code('bad-note'))
    }
  })

  it('may have empty lines in its text, which ends at the last one', () => {
    const signer = noteSigner('a', ED25519, Buffer.alloc(32, 1))
    const text = 'one\n\ntwo\n\n\nthree\n'
    expect(openNote(signNote(text, [signer]), [signer.key]).text).toBe(text)
  })

  it('holds at least 100 signatures', () => {
    expect(openNote(`${TEXT}\n${PETER_LINE}${ENOCH_LINE.repeat(99)}`, [PETER]).unknown).toHaveLength(99)
  })

  it('takes further signatures, and nothing else', () => {
    expect(addSignatures(`${TEXT}\n${PETER_LINE}`, ENOCH_LINE)).toBe(NOTE)
    for (const bad of ['', 'more text\n', `\n${ENOCH_LINE}`, `more\n\n${ENOCH_LINE}`]) {
      expect(() => addSignatures(`${TEXT}\n${PETER_LINE}`, bad)).toThrow(code('bad-note'))
    }
  })

  it('never makes the reader fail otherwise, whatever it is', () => {
    const piece = fc.constantFrom('\n', '\n\n', '— ', '— a AAAAAAA=\n', 'a', PETER_LINE, ENOCH_LINE, TEXT, '\u0000', '\ud800', '=')
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 8 }), (pieces) => {
        try {
          parseNote(pieces.join(''))
        } catch (error) {
          expect(error).toMatchObject({ name: 'CordonError', code: 'log/bad-note' })
        }
      }),
    )
  })
})
