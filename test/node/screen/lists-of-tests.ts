import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ImportTask, importIntoStore, type ListImported } from '../../../src/node/screening/import-work.ts'
import { DATA, haveData } from '../../screen/shared.ts'
import type { NodeWorld } from '../world.ts'

const UN = 'lists/un_consolidated_2026-02-27.xml'

/** True where the real list of the UN Security Council is on this machine. */
export const haveUn = haveData(UN)
if (!haveUn) process.stderr.write(`skipped: screening on ${UN}, the shared data is not on this machine\n`)

/** Puts the real list of the UN Security Council into service. */
export async function serveUn(world: NodeWorld): Promise<void> {
  const upload = [{ path: `${DATA}${UN}`, name: 'consolidated.xml' }]
  await importIntoStore({ store: world.node.parts.config.library.lists, upload, by: 'home/test' }, {})
  await world.node.parts.screening.lists.refresh()
}

/** Imports texts as the files of a list, without putting it into service. */
export async function importTexts(world: NodeWorld, texts: readonly string[], more: Partial<ImportTask> = {}): Promise<ListImported> {
  const folder = await mkdtemp(join(tmpdir(), 'cordon-upload-'))
  try {
    const upload = texts.map((_, i) => ({ path: join(folder, `${i}`), name: `watch-${i}.csv` }))
    for (const [i, text] of texts.entries()) await writeFile(join(folder, `${i}`), text)
    return await importIntoStore({ store: world.node.parts.config.library.lists, upload, by: 'home/test', list: 'own-watch', ...more }, {})
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Puts rows of a list of one's own into service. */
export async function serveOwn(world: NodeWorld, text: string, more: Partial<ImportTask> = {}): Promise<void> {
  await importTexts(world, [text], more)
  await world.node.parts.screening.lists.refresh()
}

/** Everything that the record holds, as text. */
export async function recordOf(world: NodeWorld): Promise<string> {
  const rows = await world.node.parts.database.system((tx) => tx.query<{ entry: string }>('select entry from log order by index'))
  return rows.map(({ entry }) => entry).join('\n')
}
