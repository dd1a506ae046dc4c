import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeBackup } from '../../../src/node/backup/index.ts'
import { nodeWorld } from '../world.ts'
import { FIXTURE_PASSPHRASE, type FixtureSummary } from './fixture.ts'

/** `node test/node/upgrade/make-fixture.ts 0.2.0`: keeps a small node of a release in a folder of its version, for later releases to restore. Run once, when the release is made. */
const [version] = process.argv.slice(2)
if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) throw new Error('which release is it? e.g. 0.2.0')
const world = await nodeWorld()
await world.organisation('kr-npa', 'KOR')
const analyst = await world.someone('Ann', ['analyst'])
const releaser = await world.someone('Rel', ['releaser'])
await world.someone('Kim', ['analyst', 'supervisor'], 'kr-npa')
const open = async (title: string) => (await analyst.ask('POST', '/api/v1/cases', { case: { title } })).json as { id: string }
const [first, second] = [await open('First'), await open('둘째')]
const etag = async (id: string) => (await analyst.ask('GET', `/api/v1/objects/${id}`)).headers.get('etag') as string
await analyst.ask('PUT', `/api/v1/cases/${first.id}`, { title: 'First, changed' }, { 'if-match': await etag(first.id) })
await analyst.ask('POST', `/api/v1/objects/${first.id}/links`, { target: second.id })
const label = { label: { tlp: 'AMBER', nations: ['KOR'] }, reason: 'joint work' }
await releaser.ask('PUT', `/api/v1/objects/${second.id}/label`, label, { 'if-match': await etag(second.id) })
const { database, keys, config, files } = world.node.parts
await files.put([Buffer.from('content of a file')], 1000)
const folder = join(import.meta.dirname, version)
await mkdir(folder, { recursive: true })
const file = join(folder, 'node.tar.gz')
await rm(file, { force: true })
const { manifest } = await makeBackup({ database, keys, data: config.data, now: new Date(), version }, file, FIXTURE_PASSPHRASE)
const objects = manifest.tables.find(({ name }) => name === 'object')?.rows ?? 0
const summary: FixtureSummary = { objects, entries: manifest.record.size }
await writeFile(join(folder, 'summary.json'), `{ "objects": ${summary.objects}, "entries": ${summary.entries} }\n`)
await world.close()
process.stdout.write(`${file}: ${objects} objects, ${summary.entries} entries\n`)
