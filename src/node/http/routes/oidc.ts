import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import type { NodeParts } from '../../parts.ts'
import type { OidcProvider } from '../../people/oidc.ts'
import { beginOidc, finishOidc, type OidcOutcome } from '../../people/oidc-sign-in.ts'
import { ownUrl } from '../limits-host.ts'
import { onwardPage, refusedPage } from '../pages/onward.ts'
import { sendPage } from '../pages/page.ts'
import { clearCookie, cookieOf, setCookie, setSession } from '../session-cookie.ts'
import { Providers } from './oidc-providers.ts'
import { openedOf, publicDoor } from './sign-in-door.ts'
import { callerBySession, recordedWorld, sessionLife } from './sign-in-record.ts'

const closed = { additionalProperties: false } as const
const ById = Type.Object({ provider: Type.String({ pattern: '^[a-z0-9-]{1,32}$' }) })

/** Signing in at an identity provider (OpenID Connect Core 1.0, code flow): the door that begins it, and the page to which the browser comes back. */
export function oidcRoutes(api: FastifyInstance, root: FastifyInstance, node: NodeParts): void {
  const { config } = node
  const providers = new Providers(config, node.clock)
  publicDoor(
    api,
    {
      method: 'POST',
      url: '/sign-in/oidc/:provider',
      action: 'sign-in.oidc',
      summary: 'Begin to sign in at an identity provider',
      description:
        'Gives the address to which the browser goes. In the session of an invitation it links the account there to the invited person.',
      params: ById,
      body: Type.Object(
        { returnTo: Type.Optional(Type.String({ maxLength: 1_000, description: 'path of this node to go to afterwards' })) },
        closed,
      ),
      answers: { 200: Type.Object({ url: Type.String() }) },
    },
    async ({ request, reply, params, body }) => {
      const { caller } = request
      const provider = await reachable(request.log, providers.get(params.provider, ownUrl(root, config, request.headers.host)))
      const invited = caller?.credential.kind === 'session' ? { person: caller.person, sessionId: caller.credential.id } : null
      const { url, browser } = await node.database.system((tx) =>
        beginOidc(tx, provider, { returnTo: body.returnTo ?? '/', invited }, node),
      )
      setCookie(reply, config, 'oidc', browser)
      return { url: url.href }
    },
  )
  // Its address holds a code, which belongs into no log.
  root.get<{ Params: { provider: string } }>(
    '/sign-in/oidc/:provider',
    { schema: { hide: true, params: ById } },
    async (request, reply) => {
      const provider = await reachable(request.log, providers.get(request.params.provider, ownUrl(root, config, request.headers.host)))
      const query = (request.raw.url ?? '').split('?').slice(1).join('?')
      const browser = cookieOf(request, config, 'oidc')
      const world = recordedWorld(node, 'sign-in.oidc', async (value, tx) => {
        if (!isOutcome(value)) return null
        const detail = { provider: provider.settings.id }
        return value.outcome === 'in'
          ? { caller: await callerBySession(node, tx, value.session.token), outcome: 'done', detail: { ...detail, made: value.made } }
          : { caller: null, outcome: 'refused', detail: { ...detail, reason: value.reason } }
      })
      const came = await finishOidc(provider, { query, browser, opened: openedOf(request) }, sessionLife(config), world)
      clearCookie(reply, config, 'oidc')
      if (came.outcome === 'refused') {
        request.log.warn({ provider: provider.settings.id, reason: came.reason, detail: came.detail }, 'nobody was let in')
        return sendPage(reply.code(403), refusedPage())
      }
      setSession(reply, config, came.session)
      // A cookie that is Strict is not sent on along a redirect from another site; it is from a page of our own.
      return sendPage(reply, onwardPage(came.returnTo))
    },
  )
}

/** What is amiss with a provider is for the operator, not for whoever stands before the door. */
async function reachable(log: { warn(error: unknown): void }, provider: Promise<OidcProvider>): Promise<OidcProvider> {
  try {
    return await provider
  } catch (error) {
    if (!(error instanceof CordonError) || error.code === 'node/not-found') throw error
    log.warn(error)
    throw new CordonError('people/no-provider', 'the identity provider cannot be used at the moment', {
      remedy: 'Try again later, or ask the operator: the log of the node says why.',
    })
  }
}

function isOutcome(value: unknown): value is OidcOutcome {
  const { outcome } = (value ?? {}) as { outcome?: unknown }
  return outcome === 'in' || outcome === 'refused'
}
