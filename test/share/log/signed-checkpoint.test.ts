import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addSignatures,
  type Checkpoint,
  COSIGNATURE,
  cosign,
  ED25519,
  EMPTY_ROOT,
  formatCheckpoint,
  noteSigner,
  openCheckpoint,
  parseCheckpoint,
  parseVerifierKey,
  signCheckpoint,
} from '../../../src/share/log/index.ts'
import { hex } from './tree.ts'

const code = (name: string) => expect.objectContaining({ code: `log/${name}` })

const log = noteSigner('node.example/log', ED25519, Buffer.alloc(32, 1))
const witnesses = ['usa', 'jpn', 'kor'].map((name, i) => noteSigner(`${name}.example/w`, COSIGNATURE, Buffer.alloc(32, 10 + i)))
const policy = { origin: 'node.example/log', logKeys: [log.key], witnesses: witnesses.map(({ key }) => key), quorum: 2 }
const checkpoint: Checkpoint = { origin: 'node.example/log', size: 5, root: Buffer.alloc(32, 5), extensions: [] }
const signed = signCheckpoint(checkpoint, [log])
const lines = witnesses.map((witness, i) => cosign(witness, checkpoint, 1_790_000_000 + i))

/** A log of transparency.dev in May 2026, as it was served, with the cosignatures of independent witnesses. Its first line of signature is of a type that is not known here. */
const ARCHE = `arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
`
const ARCHE_POLICY = {
  origin: 'arche2025h1.staging.ct.transparency.dev',
  logKeys: [parseVerifierKey('arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f')],
  witnesses: [
    'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2',
    'witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv',
    'transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM',
    'witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO',
  ].map(parseVerifierKey),
  quorum: 4,
}

describe('a checkpoint (C2SP tlog-checkpoint)', () => {
  it('is origin, size and root, and further lines where there are any', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    expect(parseCheckpoint(text)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163, extensions: [] })
    expect(formatCheckpoint(parseCheckpoint(text))).toBe(text)
    expect(parseCheckpoint(`${text}one\ntwo\n`).extensions).toEqual(['one', 'two'])
    const any = fc.record({
      origin: fc.stringMatching(/^[ -~]+$/),
      size: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      extensions: fc.array(fc.stringMatching(/^[ -~]+$/), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(any, (each) => {
        const back = parseCheckpoint(formatCheckpoint(each))
        expect({ ...back, root: hex(back.root) }).toEqual({ ...each, root: hex(each.root) })
      }),
    )
  })

  it('is refused in any other form', () => {
    const root = Buffer.alloc(32, 5).toString('base64')
    for (const bad of [
      '',
      'a\n5\n',
      `a\n5\n${root}`,
      `\n5\n${root}\n`,
      `a\n05\n${root}\n`,
      `a\n5 \n${root}\n`,
      `a\n-5\n${root}\n`,
      `a\n0x5\n${root}\n`,
      `a\n5e3\n${root}\n`,
      `a\n9007199254740992\n${root}\n`,
      `a\n18446744073709551616\n${root}\n`,
      `a\n5\n${root.slice(0, -4)}\n`,
      `a\n5\n${root.replace('=', '')}\n`,
      `a\n5\n${root}\n\n`,
      `a\n5\n${root}\n\nx\n`,
      `a\n5\n${root}\nx\u0001\n`,
      `a\r\n5\r\n${root}\r\n`,
      `a\n0\n${root}\n`,
    ]) {
      expect(() => parseCheckpoint(bad), JSON.stringify(bad)).toThrow(code('bad-checkpoint'))
    }
    expect(parseCheckpoint(`a\n0\n${Buffer.from(EMPTY_ROOT).toString('base64')}\n`).size).toBe(0)
  })

  it('is never written so that it reads back as another one', () => {
    for (const spoilt of [
      { ...checkpoint, origin: 'evil\n999' },
      { ...checkpoint, origin: '' },
      { ...checkpoint, extensions: [''] },
      { ...checkpoint, extensions: ['a\nb'] },
      { ...checkpoint, size: 1.5 },
      { ...checkpoint, size: -1 },
      { ...checkpoint, root: Buffer.alloc(31) },
    ]) {
      expect(() => formatCheckpoint(spoilt)).toThrow(code('bad-checkpoint'))
    }
  })
})

describe('a signed checkpoint and its witnesses (C2SP tlog-cosignature)', () => {
  it('of a real log opens with its key and four independent witnesses', () => {
    const { checkpoint: opened, cosigned } = openCheckpoint(ARCHE, ARCHE_POLICY)
    expect(opened.size).toBe(1_432_088_532)
    expect(cosigned.map(({ witness }) => witness)).toEqual([
      'remora.n621.de',
      'transparency.dev/DEV:witness-little-garden',
      'witness.stagemole.eu',
      'witness1.smartit.nu/witness1',
    ])
    expect(new Set(cosigned.map(({ time }) => new Date(time * 1000).toISOString()))).toEqual(new Set(['2026-05-23T21:50:24.000Z']))
    expect(() => openCheckpoint(ARCHE.replace('1432088532', '1432088533'), ARCHE_POLICY)).toThrow(code('bad-signature'))
  })

  it('opens when k of n witnesses cosigned', () => {
    expect(() => openCheckpoint(signed, policy)).toThrow(code('too-few-witnesses'))
    expect(() => openCheckpoint(addSignatures(signed, lines[0]!), policy)).toThrow(code('too-few-witnesses'))
    expect(openCheckpoint(addSignatures(signed, lines[0]! + lines[2]!), policy).cosigned).toEqual([
      { witness: 'kor.example/w', time: 1_790_000_002 },
      { witness: 'usa.example/w', time: 1_790_000_000 },
    ])
    expect(openCheckpoint(signed, { ...policy, quorum: 0 }).checkpoint.size).toBe(5)
  })

  it('does not count one witness twice, nor one that is not known', () => {
    const again = cosign(witnesses[0]!, checkpoint, 1_790_000_500)
    const stranger = cosign(noteSigner('x.example', COSIGNATURE, Buffer.alloc(32, 99)), checkpoint, 1_790_000_000)
    const note = addSignatures(signed, lines[0]! + again + stranger)
    expect(() => openCheckpoint(note, policy)).toThrow(code('too-few-witnesses'))
    expect(openCheckpoint(note, { ...policy, quorum: 1 }).cosigned).toEqual([{ witness: 'usa.example/w', time: 1_790_000_500 }])
  })

  it('is refused when a cosignature is of another checkpoint or its time was changed', () => {
    const other = cosign(witnesses[1]!, { ...checkpoint, size: 6 }, 1_790_000_000)
    expect(() => openCheckpoint(addSignatures(signed, lines[0]! + other), policy)).toThrow(code('bad-signature'))
    const [, name, encoded] = lines[0]!.trimEnd().split(' ')
    const bytes = Buffer.from(encoded!, 'base64')
    for (let bit = 32; bit < bytes.length * 8; bit++) {
      const copy = Buffer.from(bytes)
      copy[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => openCheckpoint(addSignatures(signed, `— ${name} ${copy.toString('base64')}\n`), policy)).toThrow(code('bad-signature'))
    }
  })

  it('needs the log itself, and the right log', () => {
    const onlyWitnesses = `${formatCheckpoint(checkpoint)}\n${lines.join('')}`
    expect(() => openCheckpoint(onlyWitnesses, policy)).toThrow(code('not-signed'))
    const elsewhere = signCheckpoint({ ...checkpoint, origin: 'other.example/log' }, [log])
    expect(() => openCheckpoint(elsewhere, { ...policy, quorum: 0 })).toThrow(code('other-log'))
    const forged = signCheckpoint(checkpoint, [noteSigner('node.example/log', ED25519, Buffer.alloc(32, 2))])
    expect(() => openCheckpoint(forged, { ...policy, quorum: 0 })).toThrow(code('not-signed'))
  })

  it('is cosigned by witnesses only, at a time', () => {
    expect(() => cosign(log, checkpoint, 1_790_000_000)).toThrow(code('bad-key'))
    for (const time of [0, -1, 1.5, Number.NaN, 2 ** 53]) expect(() => cosign(witnesses[0]!, checkpoint, time)).toThrow(code('bad-time'))
    expect(() => signCheckpoint(checkpoint, [witnesses[0]!])).toThrow(code('bad-key'))
    expect(() => signCheckpoint(checkpoint, [])).toThrow(code('bad-note'))
  })

  it('is not opened with a policy that says less than it seems', () => {
    const [first] = policy.witnesses
    const renamed = noteSigner('second-name.example', COSIGNATURE, Buffer.alloc(32, 10)).key
    const logAsWitness = noteSigner('node.example/log', COSIGNATURE, Buffer.alloc(32, 1)).key
    for (const bad of [
      { ...policy, quorum: 4 },
      { ...policy, quorum: -1 },
      { ...policy, quorum: 0.5 },
      { ...policy, logKeys: [] },
      { ...policy, logKeys: policy.witnesses },
      { ...policy, witnesses: [log.key] },
      { ...policy, witnesses: [first!, first!] },
      { ...policy, witnesses: [first!, renamed] },
      { ...policy, witnesses: [...policy.witnesses, logAsWitness] },
    ]) {
      expect(() => openCheckpoint(signed, bad)).toThrow(code('bad-policy'))
    }
  })
})
