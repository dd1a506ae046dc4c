/** What kept a file from being written, where a person can do something about it. */
export type DiskFault = 'disk-full' | 'not-writable'

const FAULTS: Readonly<Record<string, DiskFault>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'not-writable',
  EPERM: 'not-writable',
  EROFS: 'not-writable',
  ENOTDIR: 'not-writable',
  EISDIR: 'not-writable',
}

/** What the system says of a failed write; null where it says something else. */
export function diskFaultOf(error: unknown): DiskFault | null {
  const code = codeOf(error)
  return typeof code === 'string' && Object.hasOwn(FAULTS, code) ? FAULTS[code]! : null
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown } | null | undefined)?.code
}
