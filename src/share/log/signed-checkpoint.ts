import { CordonError } from '../../chain/index.ts'
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { COSIGNATURE, ED25519, type NoteSigner, samePublicKey, type VerifierKey } from './key.ts'
import { openNote, signNote } from './note.ts'

/** Whom to believe about a log: its keys, and k of n witnesses, so that it cannot show different trees to different people. */
export type LogPolicy = {
  readonly origin: string
  /** Keys of the log, of type 1; more than one while it changes its key. */
  readonly logKeys: readonly VerifierKey[]
  /** Keys of witnesses, of type 4. */
  readonly witnesses: readonly VerifierKey[]
  /** Witnesses that must have cosigned: 0 to all of them. */
  readonly quorum: number
}

export type OpenedCheckpoint = {
  readonly checkpoint: Checkpoint
  /** Witnesses that cosigned, each once with its latest time in POSIX seconds, by name. */
  readonly cosigned: readonly { readonly witness: string; readonly time: number }[]
}

export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): string {
  return signNote(formatCheckpoint(checkpoint), signers)
}

/**
 * Opens a checkpoint that a policy accepts.
 *
 * @throws CordonError of `openNote` and `parseCheckpoint`; `log/other-log` where it speaks of another log; `log/not-signed` where the log itself did not sign; `log/too-few-witnesses`; `log/bad-policy`
 */
export function openCheckpoint(note: string | Uint8Array, policy: LogPolicy): OpenedCheckpoint {
  checkPolicy(policy)
  const { text, verified } = openNote(note, [...policy.logKeys, ...policy.witnesses])
  if (!verified.some(({ key }) => key.type === ED25519)) {
    throw new CordonError('log/not-signed', `The log ${policy.origin} did not sign this checkpoint; only witnesses did.`, {
      remedy: 'Fetch the checkpoint from the log itself.',
    })
  }
  const checkpoint = parseCheckpoint(text)
  if (checkpoint.origin !== policy.origin) {
    throw new CordonError('log/other-log', `This checkpoint is of the log ${JSON.stringify(checkpoint.origin)}, not of ${policy.origin}.`, {
      place: { line: 1 },
      remedy: 'Use the policy of that log, if you trust it.',
    })
  }
  const times = new Map<string, number>()
  for (const { key, time } of verified) {
    if (time !== null) times.set(key.name, Math.max(time, times.get(key.name) ?? 0))
  }
  if (times.size < policy.quorum) {
    throw new CordonError(
      'log/too-few-witnesses',
      `${times.size} of ${policy.witnesses.length} witnesses cosigned this checkpoint; ${policy.quorum} must.`,
      {
        remedy: 'Wait for the witnesses, or fetch the checkpoint again with its cosignatures.',
      },
    )
  }
  const cosigned = [...times].map(([witness, time]) => ({ witness, time })).sort((a, b) => (a.witness < b.witness ? -1 : 1))
  return { checkpoint, cosigned }
}

/** Checks a policy by itself: keys of the right type, no witness twice or the log as its own, a quorum that can be reached. Throws `log/bad-policy`. */
export function checkPolicy(policy: LogPolicy): void {
  const { logKeys, witnesses, quorum } = policy
  if (logKeys.length === 0) throw badPolicy('it names no key of the log')
  if (logKeys.some((key) => key.type !== ED25519)) throw badPolicy('a key of the log is not of type 1')
  if (witnesses.some((key) => key.type !== COSIGNATURE)) throw badPolicy('a key of a witness is not of type 4')
  for (const [at, key] of witnesses.entries()) {
    const earlier = witnesses.slice(0, at)
    if (earlier.some((other) => samePublicKey(other, key) || other.name === key.name))
      throw badPolicy(`the witness ${key.name} is there twice`)
    if (logKeys.some((other) => samePublicKey(other, key)))
      throw badPolicy(`${key.name} is the log itself, which cannot be its own witness`)
  }
  if (!Number.isInteger(quorum) || quorum < 0 || quorum > witnesses.length) {
    throw badPolicy(`it asks for ${quorum} of ${witnesses.length} witnesses`)
  }
}

function badPolicy(what: string): CordonError {
  return new CordonError('log/bad-policy', `This policy for a log cannot be used: ${what}.`, { remedy: 'Mend the policy.' })
}
