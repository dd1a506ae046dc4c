import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import type { NodeParts } from '../parts.ts'
import { VERSION } from '../version.ts'
import type { JsonObject } from './docs-components.ts'
import { finishDocument, securitySchemes } from './docs-document.ts'
import { addDocsPage } from './docs-page.ts'
import { addProblemPages } from './docs-problems.ts'

/**
 * The OpenAPI 3.1 document of the interface at /openapi.json, a page to browse it at /docs, and a page about each kind of problem. None of them needs anything from elsewhere. To be called before the routes are added.
 */
export async function addOpenApi(app: FastifyInstance, { config }: Pick<NodeParts, 'config'>): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Cordon node', version: VERSION },
      components: { securitySchemes: securitySchemes(config) },
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => (typeof json.$id === 'string' ? json.$id : `Schema${i}`) },
    transformObject: (document) =>
      finishDocument(
        ('openapiObject' in document ? document.openapiObject : document.swaggerObject) as unknown as JsonObject,
        config,
      ) as never,
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  addProblemPages(app)
  await addDocsPage(app)
}
