import { statfs } from 'node:fs/promises'
import { CordonError } from '../../chain/index.ts'

/** What a system says when it has no room: the disk, the quota, the largest file. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** A failure of writing as something that can be acted on; any other failure unchanged. */
export function explainDisk(error: unknown): unknown {
  return FULL.has((error as NodeJS.ErrnoException | null)?.code ?? '') ? diskFull(error) : error
}

/** There is no room for what was to be written. */
export function diskFull(cause?: unknown): CordonError {
  return new CordonError('node/disk-full', 'the disk of the node is full', {
    remedy: 'Nothing that was there is lost, and reading goes on. Ask the operator to free space, then send it again.',
    ...(cause !== undefined && { cause }),
  })
}

/** Bytes that may still be written to the disk of a folder, over and above what is kept free for the record and the database. */
export async function roomIn(folder: string, reserve: number): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return Math.max(0, bavail * bsize - reserve)
}

/**
 * Refuses early what would not fit.
 *
 * @throws CordonError `node/disk-full`
 */
export async function checkRoom(folder: string, bytes: number, reserve: number): Promise<void> {
  if ((await roomIn(folder, reserve)) < bytes) throw diskFull()
}
