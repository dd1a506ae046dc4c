import { link, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { CordonError } from '../../chain/index.ts'
import type { Ask } from '../ask.ts'
import { explainDisk, type FileBody, inputName, useUpload } from '../files/index.ts'
import { readObject } from '../objects/read.ts'
import type { NodeParts } from '../parts.ts'

const Ids = Type.Array(Type.String({ format: 'uuid' }), { maxItems: 1000 })

/** What a job is given: complete uploads of one's own, which it uses up, and files of the node. */
export const InputsGiven = {
  uploads: Type.Optional(Ids),
  files: Type.Optional(Ids),
}

/** A file that a job reads. */
export type JobInput = {
  /** Its name in the job's folder: made here. */
  readonly file: string
  /** The name that it came with. */
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  /** The object, where it is a file of the node. */
  readonly object: string | null
}

/**
 * Puts files into a job's folder: links to the same bytes, not copies.
 *
 * @throws CordonError `jobs/no-input`, `node/not-found`, `uploads/not-complete`, `uploads/used`
 */
export async function takeInputs(
  ask: Ask,
  node: NodeParts,
  job: string,
  given: { readonly uploads?: readonly string[] | undefined; readonly files?: readonly string[] | undefined },
): Promise<readonly JobInput[]> {
  const folder = join(node.jobs.folder(job), 'input')
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(rethrow)
  const inputs: JobInput[] = []
  const nameOf = (claimed: string): string => {
    const name = inputName(inputs.length + 1, claimed)
    return inputs.some(({ file }) => file === name) ? inputName(inputs.length + 1, `_${claimed}`) : name
  }
  for (const id of new Set(given.uploads ?? [])) {
    const { name, sha256, bytes } = await useUpload(ask, id)
    const file = nameOf(name)
    await link(node.receiver.path(id), join(folder, file)).catch(rethrow)
    inputs.push({ file, name, sha256, bytes, object: null })
  }
  for (const id of new Set(given.files ?? [])) {
    const { body } = await readObject<FileBody>(ask, 'file', id)
    const file = nameOf(body.name)
    await node.files.linkTo(body.sha256, join(folder, file))
    inputs.push({ file, name: body.name, sha256: body.sha256, bytes: body.bytes, object: id })
  }
  if (inputs.length === 0)
    throw new CordonError('jobs/no-input', 'neither an upload nor a file is named', {
      remedy: 'Upload what is to be read (POST /uploads), and name it.',
    })
  return inputs
}

/** Makes sure that a job's files are still there: those of one that failed long ago were taken away. Throws `jobs/inputs-gone`. */
export async function checkInputs(folder: string, inputs: readonly JobInput[]): Promise<void> {
  for (const { file, name } of inputs) {
    if ((await stat(join(folder, 'input', file)).catch(() => null)) === null)
      throw new CordonError('jobs/inputs-gone', `${name} is not kept any more`, { remedy: 'Upload it again, and ask for a new job.' })
  }
}

function rethrow(error: unknown): never {
  throw explainDisk(error)
}

export type InputsGiven = { readonly uploads?: Static<typeof Ids>; readonly files?: Static<typeof Ids> }
