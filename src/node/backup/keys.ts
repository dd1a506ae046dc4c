import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { CordonError } from '../../chain/index.ts'

/** Cost of scrypt (RFC 7914): 128 MiB and about half a second for each guess. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const
const FORMAT = 'cordon-sealed-keys/1'

/** The shortest passphrase that keys are sealed under. */
export const SHORTEST_PASSPHRASE = 16

/** Key files by name. */
export type KeyFiles = Readonly<Record<string, string>>

type Sealed = { format: string; scrypt: { N: number; r: number; p: number; salt: string }; iv: string; data: string; tag: string }

/**
 * Seals a node's keys under a passphrase (scrypt, AES-256-GCM).
 *
 * @throws CordonError `backup/short-passphrase`
 */
export async function sealKeys(keys: KeyFiles, passphrase: string): Promise<string> {
  if (passphrase.length < SHORTEST_PASSPHRASE)
    throw new CordonError('backup/short-passphrase', `the passphrase has fewer than ${SHORTEST_PASSPHRASE} characters`, {
      remedy: 'Whoever has the backup can guess as long as he likes. Take e.g. six random words.',
    })
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt, COST), iv).setAAD(Buffer.from(FORMAT))
  const data = Buffer.concat([cipher.update(JSON.stringify(keys), 'utf8'), cipher.final()])
  const sealed: Sealed = {
    format: FORMAT,
    scrypt: { ...COST, salt: salt.toString('base64') },
    iv: iv.toString('base64'),
    data: data.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  }
  return JSON.stringify(sealed)
}

/**
 * Opens what `sealKeys` sealed.
 *
 * @throws CordonError `backup/wrong-passphrase` for a wrong one, and for keys that were changed
 */
export async function openKeys(text: string, passphrase: string): Promise<KeyFiles> {
  try {
    const { format, scrypt: cost, iv, data, tag } = JSON.parse(text) as Sealed
    // A cost from outside could ask for all the memory there is.
    if (format !== FORMAT || cost.N !== COST.N || cost.r !== COST.r || cost.p !== COST.p) throw new Error('sealed in another way')
    const key = await derive(passphrase, Buffer.from(cost.salt, 'base64'), COST)
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64')).setAAD(Buffer.from(FORMAT))
    decipher.setAuthTag(Buffer.from(tag, 'base64'))
    return JSON.parse(Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8')) as KeyFiles
  } catch (cause) {
    throw new CordonError('backup/wrong-passphrase', 'the keys of the backup cannot be opened', {
      remedy: 'Give the passphrase under which the backup was made. Nothing was restored.',
      cause,
    })
  }
}

function derive(passphrase: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: 256 * cost.N * cost.r }
    scrypt(passphrase.normalize('NFC'), salt, 32, options, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}
