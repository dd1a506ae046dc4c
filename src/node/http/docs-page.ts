import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

/** Scripts and styles of the page itself alone. The interface of swagger-ui sets style attributes from its scripts, which no hash can name; style cannot send anything anywhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** What would only be of use for trying doors out. */
const STYLE = '.swagger-ui .scheme-container, .swagger-ui .authorization__btn { display: none } .swagger-ui .info { margin: 24px 0 }'

/** A page to browse the interface at /docs. It needs nothing from elsewhere and sends nothing: trying doors out is left to clients, which have keys of their own. */
export async function addDocsPage(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: POLICY,
    theme: { title: 'Cordon node: interface', css: [{ filename: 'cordon.css', content: STYLE }], favicon: [] },
    uiConfig: {
      layout: 'BaseLayout',
      supportedSubmitMethods: [],
      tryItOutEnabled: false,
      docExpansion: 'none',
      defaultModelsExpandDepth: 0,
      defaultModelExpandDepth: 3,
      defaultModelRendering: 'model',
      filter: true,
      deepLinking: true,
      operationsSorter: 'alpha',
      validatorUrl: null as never,
    },
  })
}
