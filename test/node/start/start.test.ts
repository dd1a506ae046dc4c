import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { auditNode, backupNode, readConfig } from '../../../src/node/index.ts'

const main = join(import.meta.dirname, '../../../src/cli/main.ts')

/** `cordon node start` as a process, as an operator runs it. */
describe('cordon node start', () => {
  const data = mkdtempSync(join(tmpdir(), 'cordon-start-'))
  const running: ChildProcess[] = []
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL')
  })

  const start = async (): Promise<{ child: ChildProcess; url: string | null; said: () => string; ended: Promise<number | null> }> => {
    const child = spawn(process.execPath, [main, 'node', 'start'], {
      env: { ...process.env, CORDON_DATA: data, CORDON_LISTEN_PORT: '0', CORDON_TELEMETRY_LOG: 'silent' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.push(child)
    let text = ''
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const url = await new Promise<string | null>((resolve) => {
      child.stderr?.on('data', (chunk) => {
        text += String(chunk)
        const found = /listening at (\S+)/.exec(text)?.[1]
        if (found !== undefined && text.includes('\n')) setTimeout(() => resolve(found), 50)
      })
      child.once('exit', () => resolve(null))
    })
    return { child, url, said: () => text, ended }
  }

  it('serves at once on loopback with everything embedded, prints a link for the first administrator, and stops when told', async () => {
    const { child, url, said, ended } = await start()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(said()).toMatch(/the first administrator comes in here, once, within an hour:\n {2}http:\/\/localhost:\d+\/welcome#[\w-]{43}\n/)
    expect((await fetch(`${url}/health`)).status).toBe(200)
    expect((await fetch(`${url}/ready`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    for (const file of ['node.key', 'record.key']) expect(statSync(join(data, 'keys', file)).mode & 0o077).toBe(0)
    expect(existsSync(join(data, 'record'))).toBe(true)
  })

  it('refuses a data folder that another node uses, and takes one whose node was killed', async () => {
    const first = await start()
    expect(first.url).not.toBeNull()
    const second = await start()
    expect(second.url).toBeNull()
    expect(second.said()).toContain('node/in-use')
    expect(await second.ended).toBe(1)
    first.child.kill('SIGKILL')
    await first.ended
    const third = await start()
    expect(third.url).not.toBeNull()
    const audit = auditNode(await readConfig(null, { CORDON_DATA: data }), [])
    await expect(audit).rejects.toMatchObject({ code: 'node/in-use' })
    third.child.kill('SIGTERM')
    expect(await third.ended).toBe(0)
    expect(await auditNode(await readConfig(null, { CORDON_DATA: data }), [])).toMatchObject({ sound: true })
  })

  it('is not made by a command that looks for it', async () => {
    const elsewhere = join(data, 'nothing-here')
    const config = await readConfig(null, { CORDON_DATA: elsewhere })
    await expect(auditNode(config, [])).rejects.toMatchObject({ code: 'node/no-node', place: { file: elsewhere } })
    await expect(backupNode(config, join(data, 'none.tar.gz'), null, new Date())).rejects.toMatchObject({ code: 'node/no-node' })
    expect(existsSync(elsewhere)).toBe(false)
    expect(existsSync(join(data, 'none.tar.gz'))).toBe(false)
  })

  it('keeps its keys', async () => {
    const key = readFileSync(join(data, 'keys/record.key'), 'utf8')
    const { child, ended } = await start()
    child.kill('SIGTERM')
    await ended
    expect(readFileSync(join(data, 'keys/record.key'), 'utf8')).toBe(key)
    rmSync(data, { recursive: true, force: true })
  })
})
