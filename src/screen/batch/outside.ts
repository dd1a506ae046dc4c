import { realpath } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import { CordonError } from '../../chain/index.ts'

/**
 * Refuses a file to be read that lies in the folder to be written to: beginning anew would take it away before it is read.
 *
 * @throws CordonError `screen/input-in-out`
 */
export async function checkOutside(file: string, out: string): Promise<void> {
  const [there, folder] = await Promise.all([real(file), real(out)])
  // What is not there yet holds nothing.
  if (there === null || folder === null) return
  const way = relative(folder, there)
  if (way === '..' || /^\.\.[/\\]/.test(way) || isAbsolute(way)) return
  throw new CordonError('screen/input-in-out', `${file} lies in ${out}, where the results are to go`, {
    place: { file },
    remedy: 'Name another folder for the results.',
  })
}

async function real(path: string): Promise<string | null> {
  return realpath(path).catch(() => null)
}
