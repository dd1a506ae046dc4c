import { CordonError } from '../../chain/index.ts'
import { type Checkpoint, formatCheckpoint } from './checkpoint.ts'
import { COSIGNATURE, isSignedBy, type NoteSigner, signatureLine, type VerifierKey } from './key.ts'

/**
 * A witness's statement that at this time the largest tree which it has seen of this log, and found consistent with all before, is the checkpoint's: C2SP tlog-cosignature, Ed25519. The witness
 * must have checked that (`consistencyFault`) before it calls this, and never cosign a smaller tree later.
 *
 * @param time POSIX seconds, above 0
 * @returns the line to put below the signed checkpoint
 * @throws CordonError `log/bad-key` for a signer whose type is not 4; `log/bad-time`
 */
export function cosign(witness: NoteSigner, checkpoint: Checkpoint, time: number): string {
  if (witness.key.type !== COSIGNATURE) {
    throw new CordonError('log/bad-key', `${witness.key.name} is a key for plain signatures, and cannot cosign.`, {
      remedy: 'Make a key of type 4 for the witness.',
    })
  }
  if (!Number.isSafeInteger(time) || time <= 0) {
    throw new CordonError('log/bad-time', `A cosignature needs its time in whole POSIX seconds, not ${time}.`, { remedy: 'Set the clock.' })
  }
  const stamp = Buffer.alloc(8)
  stamp.writeBigUInt64BE(BigInt(time))
  const signature = witness.sign(cosignedMessage(formatCheckpoint(checkpoint), time))
  return signatureLine(witness.key, Buffer.concat([stamp, signature]))
}

/** The time (POSIX seconds) of a cosignature over the text of a checkpoint, or null where it is not by this key over this text. */
export function cosignatureTime(key: VerifierKey, text: string, signature: Uint8Array): number | null {
  if (key.type !== COSIGNATURE || signature.length !== 72) return null
  const time = Number(new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0))
  if (!Number.isSafeInteger(time)) return null
  return isSignedBy(key, cosignedMessage(text, time), signature.subarray(8)) ? time : null
}

function cosignedMessage(text: string, time: number): Uint8Array {
  return Buffer.from(`cosignature/v1\ntime ${time}\n${text}`)
}
