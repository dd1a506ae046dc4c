import { loadRegister, type Register } from '../../cases/index.ts'
import { CordonError } from '../../chain/index.ts'

/**
 * The register of thefts that a node answers from: the one that comes with Cordon, or the operator's own file.
 *
 * @throws CordonError `node/bad-config` where the file cannot be read; `cases/bad-heists`, `attribution/yaml` with the place where it is wrong
 */
export async function openRegister(file: string | null): Promise<Register> {
  try {
    return await loadRegister(...(file === null ? [] : [file]))
  } catch (cause) {
    if (file === null || cause instanceof CordonError) throw cause
    throw new CordonError('node/bad-config', `the register of thefts cannot be read: ${(cause as Error).message}`, {
      place: { file },
      remedy: 'Name an existing file in library.heists, or leave it out: a register comes with Cordon.',
      cause,
    })
  }
}
