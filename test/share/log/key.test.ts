import { describe, expect, it } from 'vitest'
import {
  COSIGNATURE,
  ED25519,
  formatSecretKey,
  formatVerifierKey,
  noteSigner,
  parseSecretKey,
  parseVerifierKey,
  verifierKey,
} from '../../../src/share/log/index.ts'

/** golang.org/x/mod, sumdb/note/note_test.go. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const PETER_SECRET = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'

const badKey = expect.objectContaining({ code: 'log/bad-key' })

describe('keys of logs and witnesses', () => {
  it('are read and written as Go and C2SP have them', () => {
    for (const [text, name, type] of [
      [PETER, 'PeterNeumann', ED25519],
      ['sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8', 'sum.golang.org', ED25519],
      // transparency-dev/formats, note_cosigv1_test.go.
      ['TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6', 'TEST', ED25519],
      ['remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2', 'remora.n621.de', COSIGNATURE],
    ] as const) {
      const key = parseVerifierKey(text)
      expect(key).toMatchObject({ name, type })
      expect(formatVerifierKey(key)).toBe(text)
    }
  })

  it('are refused when a part is cut off or one character is changed', () => {
    for (let from = 0; from <= PETER.length; from++) {
      for (let to = from + 1; to <= PETER.length; to++) {
        if (to - from < PETER.length) expect(() => parseVerifierKey(PETER.slice(from, to))).toThrow(badKey)
      }
    }
    for (let at = 0; at < PETER.length; at++) {
      const other = String.fromCharCode(PETER.charCodeAt(at) + 1)
      expect(() => parseVerifierKey(PETER.slice(0, at) + other + PETER.slice(at + 1))).toThrow(badKey)
    }
  })

  it('are refused with another length or type, though their id be right', () => {
    expect(() => parseVerifierKey('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==')).toThrow(badKey)
    expect(() => parseVerifierKey('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toThrow(badKey)
  })

  it('have the public half of their secret half', () => {
    const signer = parseSecretKey(PETER_SECRET)
    expect(formatVerifierKey(signer.key)).toBe(PETER)
    const seed = Buffer.alloc(32, 7)
    const text = formatSecretKey('node.example/witness', COSIGNATURE, seed)
    expect(formatVerifierKey(parseSecretKey(text).key)).toBe(formatVerifierKey(noteSigner('node.example/witness', COSIGNATURE, seed).key))
  })

  it('have secret halves that are refused when changed, by an error that does not show them', () => {
    for (let at = 0; at < PETER_SECRET.length; at++) {
      const other = String.fromCharCode(PETER_SECRET.charCodeAt(at) + 1)
      let message = ''
      try {
        parseSecretKey(PETER_SECRET.slice(0, at) + other + PETER_SECRET.slice(at + 1))
      } catch (error) {
        expect(error).toMatchObject({ code: 'log/bad-key' })
        message = JSON.stringify([String(error), error])
      }
      expect(message).not.toBe('')
      expect(message).not.toContain('KFALVFGyNhPJEMzD1QIDr')
    }
    expect(() => noteSigner('a', ED25519, Buffer.alloc(31))).toThrow(badKey)
  })

  it('have a name without blanks of any script, plus signs or control characters', () => {
    for (const name of ['', 'a b', 'a\u00a0b', 'a\u3000b', 'a+b', 'a\nb', 'a\u0000', 'a\u0085b', '\ud800', 'x'.repeat(256)]) {
      expect(() => verifierKey(name, ED25519, new Uint8Array(32)), JSON.stringify(name)).toThrow(badKey)
    }
    expect(verifierKey('공동.example/기록', ED25519, new Uint8Array(32)).name).toBe('공동.example/기록')
  })
})
