import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { CordonError } from '../../chain/index.ts'
import type { Random } from '../uuid.ts'

/** Texts that only this node can read and make, each bound to what it is for (AES-256-GCM; the purpose is the additional data). */
export type Seal = {
  seal(text: string, purpose: string): string
  /** @throws CordonError `node/bad-token` for what was not sealed here for this purpose */
  open(sealed: string, purpose: string): string
}

/** A seal under a key that is derived (HKDF-SHA-256) from the node's key for one use. */
export function sealOf(nodeKey: Uint8Array, use: string, random: Random): Seal {
  const key = Buffer.from(hkdfSync('sha256', nodeKey, '', `cordon/${use}`, 32))
  return {
    seal(text, purpose) {
      const iv = random(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
      return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
    },
    open(sealed, purpose) {
      const bytes = Buffer.from(sealed, 'base64url')
      try {
        if (bytes.length < 28 || bytes.toString('base64url') !== sealed) throw new Error('not a token')
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(purpose))
        decipher.setAuthTag(bytes.subarray(-16))
        return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new CordonError('node/bad-token', 'the cursor was not made by this node for this question', {
          remedy: 'Start again without a cursor, with the same filters for every page.',
          cause,
        })
      }
    },
  }
}
