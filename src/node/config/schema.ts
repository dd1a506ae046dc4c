import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false } as const
const nullable = <T extends ReturnType<typeof Type.String>>(type: T, description: string) =>
  Type.Union([type, Type.Null()], { default: null, description })
const text = (description: string, fallback: string) => Type.String({ minLength: 1, default: fallback, description })
const whole = (description: string, fallback: number, minimum: number, maximum: number) =>
  Type.Integer({ default: fallback, minimum, maximum, description })
const yes = (description: string, fallback: boolean) => Type.Boolean({ default: fallback, description })
const path = (description: string) => nullable(Type.String({ minLength: 1 }), description)

const OidcProvider = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]{1,32}$', description: 'short name, part of the address to which the provider returns' }),
    issuer: Type.String({ pattern: '^https?://', description: 'issuer URL; /.well-known/openid-configuration is read there' }),
    clientId: Type.String({ minLength: 1 }),
    clientSecret: Type.String({ minLength: 1, description: 'secret' }),
    organisation: Type.String({ minLength: 1, description: 'organisation to which its people belong' }),
    rolesClaim: Type.String({ default: 'groups', minLength: 1 }),
    roles: Type.Record(Type.String(), Type.Array(Type.String()), {
      default: {},
      description: 'value of the claim: roles it stands for; nothing is given by default',
    }),
    caveats: Type.Optional(
      Type.Record(Type.String(), Type.Array(Type.String()), { description: 'value of the claim: caveats into which it reads' }),
    ),
    scope: Type.Optional(Type.String({ minLength: 1, description: 'what is asked of the provider (openid profile email)' })),
  },
  closed,
)

const BitcoinSource = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 32, description: 'what callers name it by' }),
    kind: Type.Enum(['core-rpc', 'core-rest', 'esplora'], {
      description: 'a Bitcoin Core node over JSON-RPC or over REST, whose blocks are imported; or an Esplora server, over which traces run',
    }),
    url: Type.String({ pattern: '^https?://', description: 'secret: providers put keys into it. Without user and password' }),
    network: Type.Optional(Type.Enum(['main', 'test', 'regtest'], { description: 'the network that it must be of (main)' })),
    credentialsFile: Type.Optional(
      Type.String({ minLength: 1, description: 'file that holds user:password on its first line, as the .cookie of Bitcoin Core does' }),
    ),
    intervalMs: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 60_000, description: 'esplora: milliseconds between two requests of one job (250)' }),
    ),
    maxRequests: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100_000_000, description: 'esplora: requests of one job at most (20000)' }),
    ),
  },
  closed,
)

/** Every setting of a node: what it is for, its bounds and its default. `cordon node config` prints it. */
export const ConfigSchema = Type.Object(
  {
    data: text('folder of everything that the node keeps: keys, files, the embedded database, checkpoints', 'cordon-data'),
    listen: Type.Object(
      {
        host: text('address to listen at; anything but loopback needs tls', '127.0.0.1'),
        port: whole('port; 0 lets the system choose', 8480, 0, 65_535),
        publicUrl: nullable(
          Type.String({ pattern: '^https?://[^/]+$' }),
          'address under which people reach the node, where that is another one',
        ),
        trustProxy: Type.Array(Type.String(), {
          default: [],
          description: 'addresses (CIDR) of proxies whose X-Forwarded-For is believed',
        }),
      },
      closed,
    ),
    tls: Type.Object(
      {
        certificate: path('PEM file of the certificate chain'),
        key: path('PEM file of its private key'),
        clientCa: path('PEM file of the authorities whose client certificates are accepted (mutual TLS)'),
        requireClientCertificate: yes('refuse whoever shows no client certificate', false),
      },
      closed,
    ),
    database: Type.Object(
      {
        url: nullable(
          Type.String({ pattern: '^postgres(ql)?://' }),
          'PostgreSQL server (15 or newer); the embedded database without (DATABASE_URL)',
        ),
        connections: whole('connections to the server', 8, 2, 100),
      },
      closed,
    ),
    home: Type.Object(
      {
        organisation: Type.String({
          pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
          default: 'home',
          description: 'code of the organisation that runs the node',
        }),
        name: text('its name', 'Home organisation'),
        nation: Type.String({ pattern: '^[A-Z]{3}$', default: 'USA', description: 'its nation (ISO 3166-1 alpha-3)' }),
        administratorRoles: Type.Array(Type.Enum(['analyst', 'supervisor', 'compliance', 'subscriber']), {
          default: [],
          description:
            'roles of the first administrator beside that one. With none he makes people and sees no content; a node for one person alone may want ["analyst","supervisor","compliance"]',
        }),
      },
      closed,
    ),
    release: Type.Object(
      {
        nations: Type.Array(Type.String({ pattern: '^[A-Z]{3}$' }), {
          default: ['JPN', 'KOR', 'USA'],
          description: 'nations to which a label can release',
        }),
        caveats: Type.Array(Type.String({ pattern: '^[A-Z0-9][A-Z0-9 /-]{0,31}$' }), {
          default: [],
          description: 'caveats that a label can carry',
        }),
      },
      closed,
    ),
    signIn: Type.Object(
      {
        passwords: yes('local passwords', true),
        passkeys: yes('passkeys', true),
        idleMinutes: whole('minutes after which an unused session ends', 60, 1, 1440),
        absoluteHours: whole('hours after which any session ends', 12, 1, 168),
        oidc: Type.Array(OidcProvider, { default: [], description: 'OpenID Connect providers' }),
      },
      closed,
    ),
    limits: Type.Object(
      {
        requestsPerMinute: whole('requests of one caller in a minute', 6000, 1, 1_000_000),
        anonymousPerMinute: whole('requests of one address that is not signed in, in a minute', 300, 1, 1_000_000),
        bodyKiB: whole('largest JSON body in KiB', 1024, 1, 65_536),
        uploadMiB: whole('largest upload in MiB', 20_480, 1, 1_048_576),
        requestSeconds: whole('seconds that a request may take to arrive', 30, 1, 600),
        connections: whole('connections open at once', 2000, 10, 100_000),
        streams: whole('event streams open at once', 200, 1, 10_000),
        jobs: whole('jobs that run at once', 1, 1, 16),
        jobsPerPerson: whole('jobs of one person that wait or run', 50, 1, 10_000),
        jobMiB: whole('memory in MiB that the heap of one job, and of the process that reads ledgers, may take', 4096, 256, 1_048_576),
        uploadsPerPerson: whole('uploads of one person that are under way or not used yet', 32, 1, 10_000),
        uploadHours: whole(
          'hours after which an upload that was not finished or used is taken away, and the files of a job that failed',
          48,
          1,
          8760,
        ),
        uploadIdleSeconds: whole('seconds without a byte after which the sender of an upload is given up', 15, 1, 600),
        uploadBytesPerSecond: whole('bytes a second below which the sender of an upload is given up', 1024, 1, 1_000_000),
        writesBelowMiB: whole('MiB free on the disk below which nothing is written but the record of what is read', 64, 8, 1_048_576),
        ballastMiB: whole(
          'MiB that are kept for the record on the disk, and on that of a database server, and given up when it is full',
          32,
          0,
          1_048_576,
        ),
        reserveMiB: whole('MiB of the disk that uploads and jobs leave free for the database and the record', 256, 0, 1_048_576),
      },
      closed,
    ),
    library: Type.Object(
      {
        ledgers: Type.Record(Type.String({ pattern: '^[a-z0-9-]{1,32}$' }), Type.String(), {
          default: {},
          description: 'name: folder of a ledger (`cordon ledger import`)',
        }),
        bitcoin: Type.Array(BitcoinSource, {
          default: [],
          maxItems: 100,
          description:
            'Bitcoin nodes and Esplora servers that callers name and never address: a name, kind (core-rpc, core-rest, esplora), url, and where needed network, credentialsFile, intervalMs, maxRequests',
        }),
        tags: Type.Array(Type.String(), { default: [], description: 'files and folders of tags' }),
        lists: text('folder of the sanctions lists (`cordon lists import`)', 'lists'),
        heists: path('another register of thefts than the one that comes with Cordon'),
        exchanges: path('a file with further entries of the directory of exchanges'),
      },
      closed,
    ),
    deconflict: Type.Object(
      {
        accountsPerDay: whole('accounts that one organisation files in a day, to learn whether other teams hold them', 200, 1, 100_000),
        roundMinutes: Type.Integer({
          enum: [1, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440],
          default: 60,
          description: 'minutes of a round: what was filed in one is compared at its end, all at once',
        }),
        contact: nullable(
          Type.String({ minLength: 1, maxLength: 200 }),
          'whom a team asks that was told of a meeting; the name of the home organisation where it is left out',
        ),
      },
      closed,
    ),
    record: Type.Object(
      {
        checkpointSeconds: whole('seconds after which what is new in the record is signed', 1, 1, 3600),
        origin: nullable(
          Type.String({ minLength: 1 }),
          'name of the log in its checkpoints; made of the home organisation where it is left out',
        ),
      },
      closed,
    ),
    outbound: Type.Object(
      {
        allow: Type.Array(Type.String(), {
          default: [],
          description:
            'hosts, addresses or CIDR (with :port) in loopback, private or link-local ranges that webhooks and OpenID Connect may reach',
        }),
        seconds: whole('seconds that a request of the node to outside may take', 10, 1, 120),
      },
      closed,
    ),
    mail: Type.Object(
      {
        server: nullable(Type.String({ pattern: '^smtps?://' }), 'SMTP server for alerts, e.g. smtps://user:secret@host (secret)'),
        from: text('sender', 'cordon@localhost'),
      },
      closed,
    ),
    telemetry: Type.Object(
      {
        metrics: yes('serve Prometheus metrics at /metrics', true),
        otlp: nullable(Type.String({ pattern: '^https?://' }), 'OpenTelemetry collector (OTLP over HTTP) for traces of requests'),
        log: Type.Enum(['silent', 'error', 'warn', 'info', 'debug'], { default: 'info', description: 'how much is logged' }),
      },
      closed,
    ),
  },
  closed,
)

export type Config = Static<typeof ConfigSchema>
export type BitcoinSource = Static<typeof BitcoinSource>

/** Paths whose values are never printed. */
export const SECRETS: readonly string[] = ['database.url', 'mail.server', 'signIn.oidc.*.clientSecret', 'library.bitcoin.*.url']
