/** True for what `AbortSignal.throwIfAborted` throws. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
