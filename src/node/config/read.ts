import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { CordonError } from '../../chain/index.ts'
import { type Config, ConfigSchema } from './schema.ts'

type Schema = { readonly type?: string; readonly default?: unknown; readonly properties?: Readonly<Record<string, Schema>> }

const validate = new Ajv2020({ allErrors: true, strict: false }).compile(ConfigSchema)

/**
 * The configuration of a node: defaults, then the file, then the environment. `CORDON_LISTEN_PORT=9000` sets `listen.port`: the path in capitals, its words joined by `_`; lists and objects are given as JSON. `DATABASE_URL` sets `database.url`.
 *
 * @throws CordonError `node/bad-config` with every setting that is wrong
 */
export async function readConfig(file: string | null, environment: Readonly<Record<string, string | undefined>>): Promise<Config> {
  const given = file === null ? {} : await fromFile(file)
  const config = withDefaults(ConfigSchema as unknown as Schema, given)
  for (const { path, schema, variable } of settings(ConfigSchema as unknown as Schema)) {
    const value = environment[variable] ?? (path.join('.') === 'database.url' ? environment.DATABASE_URL : undefined)
    if (value !== undefined && value !== '') put(config, path, fromText(schema, value, variable))
  }
  if (!validate(config)) {
    const wrong = (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const where = [
        ...instancePath.split('/').slice(1),
        ...('additionalProperty' in params ? [String(params.additionalProperty)] : []),
      ].join('.')
      return 'additionalProperty' in params ? `${where}: there is no such setting` : `${where || 'configuration'}: ${message}`
    })
    throw badConfig(file, [...new Set(wrong)].join('; '))
  }
  return checked(config as Config, file)
}

/** What a schema cannot say. */
function checked(config: Config, file: string | null): Config {
  const { listen, tls, home, release } = config
  if ((tls.certificate === null) !== (tls.key === null))
    throw badConfig(file, 'tls.certificate and tls.key: one is given without the other')
  if (tls.certificate === null && !isLoopback(listen.host))
    throw badConfig(
      file,
      `listen.host: ${listen.host} is not loopback, and plain HTTP is served on loopback only: give tls.certificate and tls.key`,
    )
  if (tls.clientCa !== null && tls.certificate === null)
    throw badConfig(file, 'tls.clientCa: client certificates need tls.certificate and tls.key')
  if (tls.requireClientCertificate && tls.clientCa === null) throw badConfig(file, 'tls.requireClientCertificate: it needs tls.clientCa')
  if (!release.nations.includes(home.nation)) throw badConfig(file, `release.nations: the home nation ${home.nation} is missing`)
  checkSources(config, file)
  return config
}

/** No error shows an address: keys may be in it. */
function checkSources({ library: { bitcoin, ledgers } }: Config, file: string | null): void {
  const names = new Set(Object.keys(ledgers))
  for (const { name, kind, url: text, intervalMs, maxRequests } of bitcoin) {
    const where = `library.bitcoin: ${name}`
    if (names.has(name)) throw badConfig(file, `${where}: another source, or a ledger, has this name`)
    names.add(name)
    const url = URL.parse(text)
    if (url === null) throw badConfig(file, `${where}: its url is none`)
    if (url.username !== '' || url.password !== '')
      throw badConfig(file, `${where}: its url holds a user or a password, which belong into its credentialsFile`)
    if (url.search !== '' || url.hash !== '') throw badConfig(file, `${where}: its url has a query or a fragment`)
    if (kind !== 'esplora' && (intervalMs !== undefined || maxRequests !== undefined))
      throw badConfig(file, `${where}: intervalMs and maxRequests are for esplora`)
  }
}

/** True for the names and addresses of loopback. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

async function fromFile(file: string): Promise<Record<string, unknown>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw new CordonError('node/bad-config', `the configuration cannot be read: ${(cause as Error).message}`, {
      place: { file },
      remedy: 'Give an existing file, or leave --config out: every setting has a default.',
      cause,
    })
  }
  let value: unknown
  try {
    value = parse(text, { maxAliasCount: 0 }) ?? {}
  } catch (cause) {
    throw badConfig(file, (cause as Error).message)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badConfig(file, 'configuration: a mapping of settings is wanted')
  return value as Record<string, unknown>
}

function withDefaults(schema: Schema, given: unknown): Record<string, unknown> {
  // What is not a mapping is left for the validation to refuse.
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given))) return given as never
  const filled: Record<string, unknown> = { ...(given as Record<string, unknown> | undefined) }
  for (const [key, part] of Object.entries(schema.properties ?? {})) {
    if (part.properties) filled[key] = withDefaults(part, filled[key])
    else if (filled[key] === undefined && part.default !== undefined) filled[key] = structuredClone(part.default)
  }
  return filled
}

/** Every setting with its path and the variable that sets it. */
export function settings(schema: Schema, path: readonly string[] = []): { path: readonly string[]; schema: Schema; variable: string }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, part]) => {
    const here = [...path, key]
    if (part.properties) return settings(part, here)
    return [{ path: here, schema: part, variable: `CORDON_${here.map(inCapitals).join('_')}` }]
  })
}

/** `publicUrl` as PUBLIC_URL, `bodyKiB` as BODY_KIB. */
function inCapitals(word: string): string {
  return word.replaceAll(/([KMG]iB|[A-Z](?!iB))/g, '_$1').toUpperCase()
}

function fromText(schema: Schema, value: string, variable: string): unknown {
  if (schema.type === 'string' || schema.type === undefined) return value
  try {
    return JSON.parse(value)
  } catch {
    // Secrets may be in lists and objects.
    const shown = schema.type === 'array' || schema.type === 'object' ? 'its value' : `"${value}"`
    throw new CordonError('node/bad-config', `${variable}: ${shown} is not a JSON ${schema.type}`, {
      remedy: 'Write e.g. 9000, true, ["USA"] or {"eth":"/data/eth"}.',
    })
  }
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = target
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>
  at[path.at(-1) as string] = value
}

function badConfig(file: string | null, why: string): CordonError {
  return new CordonError('node/bad-config', `the configuration is refused: ${why}`, {
    ...(file !== null && { place: { file } }),
    remedy: '`cordon node config` shows every setting, what it is for and its default.',
  })
}
