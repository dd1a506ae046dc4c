import type { FastifyInstance } from 'fastify'
import type { NodeParts } from '../../parts.ts'
import { passkeySite } from '../routes/passkeys-site.ts'
import { sendPage } from './page.ts'
import { signInPage, type Ways } from './sign-in.ts'
import { startPage } from './start.ts'
import { welcomePage } from './welcome.ts'

/** The pages without which nobody could come in by a browser. They are the same for everybody, and not recorded. */
export function pageRoutes(app: FastifyInstance, { config }: NodeParts): void {
  const ways = (): Ways => ({
    home: config.home.name,
    passwords: config.signIn.passwords,
    passkeys: passkeySite(app, config)?.origins[0] ?? null,
    providers: config.signIn.oidc.map(({ id }) => id),
  })
  const hidden = { schema: { hide: true } }
  app.get('/', hidden, async (_request, reply) => sendPage(reply, startPage(config.home.name)))
  app.get('/sign-in', hidden, async (_request, reply) => sendPage(reply, signInPage(ways())))
  app.get('/welcome', hidden, async (_request, reply) => sendPage(reply, welcomePage(ways())))
}
