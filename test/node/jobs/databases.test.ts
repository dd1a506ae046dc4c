import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditRecord } from '../../../src/node/record/audit.ts'
import { keptCheckpoints } from '../../../src/node/record/checkpoints.ts'
import { DATABASES } from '../databases.ts'
import { ended, upload } from '../files/work.ts'
import { type SmallWorld, smallWorld } from '../traces/small-world.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(
    `jobs and files on ${kind.name}${kind.missing === null ? '' : ` (skipped: ${kind.missing})`}`,
    () => {
      let small: SmallWorld
      let world: NodeWorld
      let ann: Someone
      let kim: Someone
      let close: () => Promise<void>
      beforeAll(async () => {
        small = await smallWorld()
        const opened = await kind.open()
        close = opened.close
        world = await nodeWorld({
          url: opened.url,
          change: (config) => ({ ...config, limits: { ...config.limits, reserveMiB: 0, jobs: 2 } }),
        })
        await world.organisation('kr-npa', 'KOR')
        ann = await world.someone('Ann', ['analyst'])
        kim = await world.someone('Kim', ['analyst'], 'kr-npa')
      })
      afterAll(async () => {
        await world?.close()
        await close?.()
        await small?.close()
      })

      it('go from an upload to a ledger, to a trace with own tags, under the labels of all of it', async () => {
        const ledger = (await ann.ask('POST', '/api/v1/ledgers', { name: 'case', label: { tlp: 'AMBER', nations: ['KOR'] } })).json.key
        const importing = await ann.ask('POST', `/api/v1/ledgers/${ledger}/import`, {
          uploads: [await upload(world, ann, 't.csv', await readFile(small.transfers))],
        })
        expect((await ended(ann, importing.json.id)).body).toMatchObject({ status: 'done', result: { transfers: 4000 } })
        const asked = { title: 'Theft', ledger, seeds: small.seeds, label: { tlp: 'AMBER', nations: ['KOR'] } }
        const open = await ended(ann, (await ann.ask('POST', '/api/v1/traces', asked)).json.id)
        expect((await kim.ask('GET', `/api/v1/traces/${open.body.result.trace}/document`)).status).toBe(200)
        await ann.ask('POST', '/api/v1/tags', {
          tag: { address: small.seeds[0], label: 'Thief', source: 'own', currency: 'ETH', confidence: 'forensic', abuse: 'hacking' },
        })
        const closed = await ended(ann, (await ann.ask('POST', '/api/v1/traces', { ...asked, ownTags: true })).json.id)
        expect(closed.body.status).toBe('done')
        expect((await kim.ask('GET', `/api/v1/traces/${closed.body.result.trace}`)).status).toBe(404)
        expect((await kim.ask('GET', `/api/v1/tags/look-up/${small.seeds[0]}`)).json.entity).toBeNull()
        expect((await ann.ask('GET', `/api/v1/tags/look-up/${small.seeds[0]}`)).json.entity.label).toBe('Thief')
      }, 120_000)

      it('keep a file’s chain of custody, to each what he may see of it', async () => {
        const label = { tlp: 'AMBER', nations: ['KOR', 'JPN'] }
        await world.organisation('jp-npa', 'JPN')
        const sato = await world.someone('Sato', ['analyst'], 'jp-npa')
        const made = await ann.ask('POST', '/api/v1/files', { upload: await upload(world, ann, 'x.txt', 'x'), label })
        const path = `/api/v1/files/${made.json.id}`
        await kim.ask('GET', `${path}/content`)
        await sato.ask('POST', `${path}/verify`)
        await ann.ask('PUT', `${path}/provenance`, { tool: 'wget' }, { 'if-match': '*' })
        const seen = async (who: Someone) =>
          (await who.ask('GET', `${path}/custody`)).json.items.map(({ event, organisation }: any) => `${event} ${organisation}`)
        expect(await seen(ann)).toEqual(['collected home', 'exported kr-npa', 'verified jp-npa', 'changed home'])
        expect(await seen(kim)).toEqual(['collected home', 'exported kr-npa', 'changed home', 'viewed home'])
        expect((await seen(sato)).filter((event: string) => event.includes('kr-npa'))).toEqual([])
      })

      it('leave a record that verifies', async () => {
        const { database, keys, config } = world.node.parts
        const notes = (await keptCheckpoints(config.data)).map(({ file, note }) => ({ from: file, note }))
        const { findings } = await auditRecord(
          database,
          { origin: keys.record.key.name, logKeys: [keys.record.key], witnesses: [], quorum: 0 },
          notes,
        )
        expect(findings).toEqual([])
      })
    },
  )
