import { CordonError } from '../../chain/index.ts'
import type { SourceFile } from './reader.ts'

/** A line of a file, without its line end. */
export interface TextLine {
  /** 1-based. */
  readonly line: number
  /** Cut after `limit` characters; `whole` says whether it was. */
  readonly text: string
  readonly whole: boolean
}

/** Entities of OpenSanctions with thousands of names and sources have about 1 MiB. */
const LONGEST = 16 * 1024 * 1024

/**
 * The lines of a UTF-8 file, streamed; LF or CR LF ends one, and empty lines are left out (but counted). A line longer than 16 Mi characters is given cut, so that memory stays bounded whatever the file.
 *
 * @throws CordonError `list/schema` where the bytes are not UTF-8; the signal's reason when it is aborted
 */
export async function* textLines(file: SourceFile, signal?: AbortSignal, limit = LONGEST): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  let kept = ''
  let whole = true
  const take = (text: string) => {
    if (kept.length + text.length > limit) whole = false
    kept += text.slice(0, Math.max(0, limit - kept.length))
  }
  const finish = (): TextLine | null => {
    const found = { line, text: kept.endsWith('\r') ? kept.slice(0, -1) : kept, whole }
    line++
    kept = ''
    whole = true
    return found.text.trim() === '' ? null : found
  }
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch (cause) {
      throw new CordonError('list/schema', `${file.name} is not UTF-8 text`, {
        place: { file: file.name, line },
        remedy: 'Write the file in UTF-8, one JSON object a line.',
        cause,
      })
    }
  }
  const parts = (text: string) => text.split('\n')
  for await (const bytes of file.open()) {
    signal?.throwIfAborted()
    const [first = '', ...rest] = parts(decode(bytes))
    take(first)
    for (const part of rest) {
      const found = finish()
      if (found !== null) yield found
      take(part)
    }
  }
  const [first = '', ...rest] = parts(decode())
  take(first)
  for (const part of rest) {
    const found = finish()
    if (found !== null) yield found
    take(part)
  }
  const last = finish()
  if (last !== null) yield last
}
