import type { FastifyInstance } from 'fastify'
import type { NodeParts } from '../../parts.ts'
import { PasswordHasher } from '../../people/password-hash.ts'
import { certificateRoutes } from './certificates.ts'
import { keyRoutes } from './keys.ts'
import { oidcRoutes } from './oidc.ts'
import { passkeyRoutes } from './passkeys.ts'
import { colleagueRoutes } from './people-colleagues.ts'
import { meRoutes } from './people-me.ts'
import { organisationRoutes } from './people-organisations.ts'
import { personRoutes } from './people-persons.ts'
import { sessionRoutes } from './sessions.ts'
import { signInRoutes } from './sign-in.ts'
import { welcomeRoutes } from './welcome.ts'

/** Who there is, and how each comes in. `root` is the server itself, to which browsers come back from identity providers. */
export function peopleRoutes(app: FastifyInstance, root: FastifyInstance, node: NodeParts): void {
  // One for all, so that it can bound how much is hashed at once.
  const hasher = new PasswordHasher({ random: node.random })
  signInRoutes(app, node, hasher)
  passkeyRoutes(app, node)
  oidcRoutes(app, root, node)
  welcomeRoutes(app, node)
  meRoutes(app, node)
  sessionRoutes(app, node)
  keyRoutes(app, node)
  personRoutes(app, node)
  colleagueRoutes(app, node)
  certificateRoutes(app, node)
  organisationRoutes(app, node)
}
