import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MIB = 2 ** 20

/** A disk of a few MiB (tmpfs). */
export type SmallDisk = {
  readonly folder: string
  /** Fills it by something else until this many MiB are free. */
  fillUntil(mib: number): void
  /** Takes that away again. */
  free(): void
  freeMib(): number
  remove(): void
}

/** Why no such disk can be had here, or null. */
export const NO_SMALL_DISK: string | null = whyNot()

export function smallDisk(mib: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-small-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m,mode=755`, 'tmpfs', folder])
  let fillings = 0
  const freeBytes = () => {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  }
  return {
    folder,
    fillUntil: (left) => {
      const bytes = freeBytes() - left * MIB
      if (bytes > 0) writeFileSync(join(folder, `filling-${fillings++}`), Buffer.alloc(bytes))
    },
    free: () => {
      while (fillings > 0) rmSync(join(folder, `filling-${--fillings}`), { force: true })
    },
    freeMib: () => freeBytes() / MIB,
    remove: () => {
      execFileSync('umount', ['--lazy', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function whyNot(): string | null {
  if (process.platform !== 'linux') return 'small disks are made with tmpfs, which Linux has'
  const folder = mkdtempSync(join(tmpdir(), 'cordon-small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' })
    execFileSync('umount', [folder])
    return null
  } catch {
    return 'mounting a small disk needs root'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
