import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { CordonError } from '../../chain/index.ts'
import type { NodeParts } from '../parts.ts'
import { addCallers } from './caller-hook.ts'
import { addHeaders } from './headers.ts'
import { addOpenApi } from './openapi.ts'
import { Problem, problemOf } from './problem.ts'
import { addRoutes } from './routes/index.ts'
import { tlsOptions } from './tls.ts'
import { validatorCompiler } from './validator.ts'

/** The server of a node, not yet listening. */
export async function buildApp(node: NodeParts): Promise<FastifyInstance> {
  const { config } = node
  const app = Fastify({
    ...listening(node),
    logger:
      config.telemetry.log === 'silent'
        ? false
        : { level: config.telemetry.log, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    bodyLimit: config.limits.bodyKiB * 1024,
    requestTimeout: config.limits.requestSeconds * 1000,
    connectionTimeout: 0,
    keepAliveTimeout: 10_000,
    trustProxy: config.listen.trustProxy.length === 0 ? false : config.listen.trustProxy,
    genReqId: () => node.random(12).toString('base64url'),
    requestIdHeader: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 256, ignoreTrailingSlash: false },
  }) as unknown as FastifyInstance
  app.setValidatorCompiler(validatorCompiler())
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request.id)
    if (problem.status >= 500) request.log.error(error)
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="cordon"')
    reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  })
  app.setNotFoundHandler((request) => {
    throw new CordonError('node/not-found', `there is nothing at ${request.method} ${request.url.split('?')[0]}`, {
      remedy: 'See /openapi.json.',
    })
  })
  app.addSchema(Problem)
  await app.register(cookie)
  addHeaders(app, node)
  addCallers(app, node)
  await addOpenApi(app)
  await app.register(async (api) => addRoutes(api, node))
  return app
}

function listening({ config }: NodeParts): FastifyServerOptions {
  const tls = tlsOptions(config)
  return tls === null ? {} : ({ https: tls } as FastifyServerOptions)
}
