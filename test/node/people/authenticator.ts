import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** What a test can make the authenticator do wrong. */
export type Quirks = {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  readonly verified?: boolean
  readonly counter?: number
  readonly userHandle?: string
  readonly otherKey?: boolean
}

/** A software authenticator (Web Authentication Level 3): one ES256 or Ed25519 key, attestation `none`, a counter. CBOR and COSE written by hand. */
export class Authenticator {
  readonly id: Buffer
  counter: number
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject }
  readonly #algorithm: 'ES256' | 'EdDSA'
  userHandle = ''

  constructor(id: Buffer, algorithm: 'ES256' | 'EdDSA' = 'ES256', counter = 1) {
    this.id = id
    this.counter = counter
    this.#algorithm = algorithm
    this.#keys = newKeys(algorithm)
  }

  /** `navigator.credentials.create`. */
  create(options: { challenge: string; user: { id: string } }, site: { id: string; origins: readonly string[] }, quirks: Quirks = {}) {
    this.userHandle = options.user.id
    const clientData = this.#clientData('webauthn.create', options.challenge, site, quirks)
    const attested = Buffer.concat([Buffer.alloc(16), uint16(this.id.length), this.id, this.#coseKey()])
    const authData = Buffer.concat([this.#authData(site, quirks, 0x40), attested])
    const attestation = cborMap([
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap([])],
      [cborText('authData'), cborBytes(authData)],
    ])
    return {
      id: this.id.toString('base64url'),
      rawId: this.id.toString('base64url'),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal', 'nonsense'],
      },
    }
  }

  /** `navigator.credentials.get`. */
  get(options: { challenge: string }, site: { id: string; origins: readonly string[] }, quirks: Quirks = {}) {
    if (this.counter > 0) this.counter += 1
    const clientData = this.#clientData('webauthn.get', options.challenge, site, quirks)
    const authData = this.#authData(site, quirks, 0)
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()])
    const { privateKey } = quirks.otherKey ? newKeys(this.#algorithm) : this.#keys
    return {
      id: this.id.toString('base64url'),
      rawId: this.id.toString('base64url'),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign(this.#algorithm === 'ES256' ? 'sha256' : null, signed, privateKey).toString('base64url'),
        userHandle: quirks.userHandle ?? this.userHandle,
      },
    }
  }

  #clientData(type: string, challenge: string, site: { origins: readonly string[] }, quirks: Quirks): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: quirks.type ?? type,
        challenge: quirks.challenge ?? challenge,
        origin: quirks.origin ?? site.origins[0],
        crossOrigin: false,
      }),
    )
  }

  #authData(site: { id: string }, quirks: Quirks, more: number): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(quirks.counter ?? this.counter)
    const flags = 0x01 | (quirks.verified === false ? 0 : 0x04) | more
    return Buffer.concat([
      createHash('sha256')
        .update(quirks.rpId ?? site.id)
        .digest(),
      Buffer.from([flags]),
      counter,
    ])
  }

  /** COSE_Key (RFC 9053, sections 7.1 and 7.2). */
  #coseKey(): Buffer {
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' }) as { x: string; y?: string }
    const bytes = (text: string) => cborBytes(Buffer.from(text, 'base64url'))
    return this.#algorithm === 'ES256'
      ? cborMap([
          [cborInt(1), cborInt(2)],
          [cborInt(3), cborInt(-7)],
          [cborInt(-1), cborInt(1)],
          [cborInt(-2), bytes(x)],
          [cborInt(-3), bytes(y!)],
        ])
      : cborMap([
          [cborInt(1), cborInt(1)],
          [cborInt(3), cborInt(-8)],
          [cborInt(-1), cborInt(6)],
          [cborInt(-2), bytes(x)],
        ])
  }
}

function newKeys(algorithm: 'ES256' | 'EdDSA') {
  return algorithm === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519')
}

function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 256) return Buffer.from([(major << 5) | 24, value])
  return Buffer.concat([Buffer.from([(major << 5) | 25]), uint16(value)])
}

function cborInt(value: number): Buffer {
  return value >= 0 ? cborHead(0, value) : cborHead(1, -1 - value)
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes])
}

function cborText(text: string): Buffer {
  return Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)])
}

function cborMap(entries: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([cborHead(5, entries.length), ...entries.flat()])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
