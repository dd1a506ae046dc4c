import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importIntoStore } from '../../../src/node/screening/import-work.ts'
import { LiveLists } from '../../../src/node/screening/live-lists.ts'
import { nameQuery } from '../../../src/screen/index.ts'

describe('the lists of a node', () => {
  let root: string
  let store: string
  let lists: LiveLists
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'cordon-live-'))
    store = join(root, 'lists')
    lists = new LiveLists({ store, clock: () => new Date() })
  })
  afterEach(async () => {
    await lists.close()
    await rm(root, { recursive: true, force: true })
  })

  const bring = async (rows: string): Promise<void> => {
    await writeFile(join(root, 'own.csv'), `id,name\n${rows}`)
    await importIntoStore({ store, upload: [{ path: join(root, 'own.csv'), name: 'own.csv' }], by: 'home/test', list: 'own' }, {})
  }
  const found = (name: string) => lists.current.screen(nameQuery(name)).hits.map(({ entry }) => entry)

  it('say that they are being opened, that there is none, and answer as soon as somebody imports one beside the node', async () => {
    expect(lists.status.state).toBe('opening')
    expect(() => lists.current).toThrow(
      expect.objectContaining({ code: 'node/no-lists', message: expect.stringContaining('being made ready') }),
    )
    lists.start(50)
    await expect.poll(() => lists.status.state).toBe('none')
    expect(() => lists.current).toThrow(expect.objectContaining({ code: 'node/no-lists' }))
    await bring('1,Orion Byssus\n')
    await expect.poll(() => lists.status.state, { timeout: 10_000 }).toBe('ready')
    expect(found('Orion Byssus')).toEqual(['1'])
    expect(found('Vesper Quillon')).toEqual([])
    await bring('1,Orion Byssus\n2,Vesper Quillon\n')
    await expect.poll(() => found('Vesper Quillon'), { timeout: 10_000 }).toEqual(['2'])
    // Made beside the thread that answers, and left where the next start finds it.
    expect((await readdir(join(store, '.index'))).filter((name) => name.endsWith('.cix'))).toHaveLength(2)
  })

  it('answer by what they had while a list is damaged, and say so without telling where it lies', async () => {
    await bring('1,Orion Byssus\n')
    await lists.refresh()
    const log = join(store, 'own', 'versions.jsonl')
    await writeFile(log, (await readFile(log, 'utf8')).replace('home/test', 'home/tesu'))
    await lists.refresh()
    expect(lists.status).toEqual({ state: 'failed', problem: expect.stringContaining('own/versions.jsonl') })
    expect(lists.status.problem).not.toContain(root)
    expect(found('Orion Byssus')).toEqual(['1'])
  })

  it('do not open by a damaged list', async () => {
    await bring('1,Orion Byssus\n')
    await writeFile(join(store, 'own', 'versions.head'), '{}')
    await lists.refresh()
    expect(() => lists.current).toThrow(
      expect.objectContaining({ code: 'node/no-lists', message: expect.stringContaining('cannot be opened') }),
    )
  })

  it('let a call of refresh see what was imported before it, also while another runs', async () => {
    const first = lists.refresh()
    await bring('1,Orion Byssus\n')
    await Promise.all([first, lists.refresh()])
    expect(found('Orion Byssus')).toEqual(['1'])
  })

  it('end at once when the node stops', async () => {
    await bring('1,Orion Byssus\n')
    lists.start(10)
    await lists.close()
    const { state } = lists.status
    await bring('1,Orion Byssus\n2,Vesper Quillon\n')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(lists.status.state).toBe(state)
  })
})
