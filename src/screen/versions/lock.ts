import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { isMissing } from '../disk/faults.ts'
import { writeNew } from '../disk/files.ts'
import { diskError } from './files.ts'
import { LOCK_PREFIX, UNFINISHED_LOCK_PREFIX } from './store.ts'

interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process began, as the system counts it: a process that merely got the same number is another. Null where the system does not tell. */
  readonly began: string | null
}

const TRIES = 20

/**
 * Runs `work` while this process alone may write to a folder, which is made where it is missing.
 *
 * The lock is the file `lock-<n>` with the highest number: it names its holder, or says `free`. Whoever finds it free, or its holder dead, makes `lock-<n+1>`, which the system lets only
 * one do. The highest number is never removed, so somebody who looked long ago and makes a lower one sees that he is late. Taking over by removing the dead holder's file instead would
 * let two do so, the second removing the lock of the first.
 *
 * @throws CordonError `list/in-use` while another holds it; `list/not-writable`, `list/disk-full`
 */
export async function whileLocked<T>(folder: string, work: () => Promise<T>): Promise<T> {
  let own: string
  try {
    await mkdir(folder, { recursive: true })
    own = await take(folder)
  } catch (error) {
    throw diskError(error, folder)
  }
  try {
    return await work()
  } finally {
    // A rename needs no space, so that a full disk does not keep the lock taken.
    await rename(freeIn(folder), own)
  }
}

async function take(folder: string): Promise<string> {
  const me: Holder = { pid: process.pid, host: hostname(), began: await beginningOf(process.pid) }
  for (let tries = 0; tries < TRIES; tries++) {
    const highest = Math.max(0, ...(await numbers(folder)))
    if (highest > 0 && !(await isFree(folder, highest))) continue
    const own = highest + 1
    const free = await claim(folder, own, me)
    if (free === null) continue
    const taken = await numbers(folder)
    if (Math.max(...taken) > own) {
      await remove(folder, own)
      await unlink(free).catch(() => undefined)
      continue
    }
    await rename(free, freeIn(folder))
    for (const number of taken) if (number < own) await remove(folder, number)
    return pathOf(folder, own)
  }
  throw inUse(folder, 'other imports')
}

/** True where the lock of a number has no living holder; throws where it has one. False where it vanished meanwhile: look again. */
async function isFree(folder: string, number: number): Promise<boolean> {
  let text: string
  try {
    text = await readFile(pathOf(folder, number), 'utf8')
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
  if (text === 'free\n') return true
  const holder = parseHolder(text)
  if (holder === null) throw inUse(folder, `somebody: its file ${pathOf(folder, number)} cannot be read`)
  if (holder.host !== hostname()) throw inUse(folder, `process ${holder.pid} on ${holder.host}`)
  if (isAlive(holder.pid) && (await beginningOf(holder.pid)) === holder.began) throw inUse(folder, `process ${holder.pid}`)
  return true
}

function parseHolder(text: string): Holder | null {
  try {
    return JSON.parse(text) as Holder
  } catch {
    return null
  }
}

/** Makes a lock with its content in one step, by a second name of a finished file, and beside it what will free it, whose path it gives. Null where somebody else was first. */
async function claim(folder: string, number: number, holder: Holder): Promise<string | null> {
  const beside = join(folder, `${UNFINISHED_LOCK_PREFIX}${randomBytes(8).toString('hex')}`)
  const free = `${beside}-free`
  try {
    await writeNew(beside, `${JSON.stringify(holder)}\n`)
    await writeNew(free, 'free\n')
    await link(beside, pathOf(folder, number))
    return free
  } catch (error) {
    await unlink(free).catch(() => undefined)
    const { code } = error as { readonly code?: unknown }
    // Missing: whoever holds the lock took our file for a leftover.
    if (code === 'EEXIST' || code === 'ENOENT') return null
    throw error
  } finally {
    await unlink(beside).catch(() => undefined)
  }
}

async function numbers(folder: string): Promise<readonly number[]> {
  return (await readdir(folder)).flatMap((name) => {
    const digits = name.startsWith(LOCK_PREFIX) ? name.slice(LOCK_PREFIX.length) : ''
    return /^\d{1,15}$/.test(digits) ? [Number(digits)] : []
  })
}

function pathOf(folder: string, number: number): string {
  return join(folder, `${LOCK_PREFIX}${number}`)
}

/** What the holder will rename to its lock to free it. */
function freeIn(folder: string): string {
  return join(folder, `${LOCK_PREFIX}free`)
}

async function remove(folder: string, number: number): Promise<void> {
  await unlink(pathOf(folder, number)).catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { readonly code?: unknown }).code === 'EPERM'
  }
}

/** Boot of the machine and start of the process since then (proc(5), field 22 of /proc/PID/stat), where there is such a thing. */
async function beginningOf(pid: number): Promise<string | null> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name of the program stands in brackets and may hold anything; the third field follows the last of them.
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return null
  }
}

function inUse(folder: string, holder: string): CordonError {
  return new CordonError('list/in-use', `${folder} is being written to by ${holder}`, {
    place: { file: folder },
    remedy: `wait until that import has finished; if its machine is gone for good, remove the highest ${LOCK_PREFIX}… file`,
  })
}
