import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { CordonError } from '../../chain/index.ts'
import type { ExchangeDirectory } from './directory.ts'
import { readExchanges } from './read-directory.ts'

/** The directory that comes with Cordon. */
export const EXCHANGES_FILE: string = fileURLToPath(new URL('../../../data/exchanges.yaml', import.meta.url))

/**
 * Reads Cordon's directory, with an operator's own entries over it.
 *
 * @param own path of a file of the same form; null for none
 * @throws CordonError `cases/exchanges` where a file cannot be read or is not of that form
 */
export async function loadExchanges(own: string | null): Promise<ExchangeDirectory> {
  const shipped = readExchanges(await textOf(EXCHANGES_FILE), EXCHANGES_FILE, false)
  return own === null ? shipped : shipped.with(readExchanges(await textOf(own), own, true))
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CordonError('cases/exchanges', `${file} cannot be read`, {
      place: { file },
      remedy: 'Look at the path and the permissions.',
      cause,
    })
  }
}
