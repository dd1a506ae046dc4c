import cookie from '@fastify/cookie'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import { CordonError } from '../../chain/index.ts'
import type { NodeParts } from '../parts.ts'
import { addCallers, addDemands } from './caller-hook.ts'
import { addHeaders, securityHeaders } from './headers.ts'
import { addLimits, serverLimits } from './limits.ts'
import { brokenRequest } from './limits-broken.ts'
import { addRateLimits } from './limits-rate.ts'
import { addTextChecks } from './limits-text.ts'
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
    clientErrorHandler: brokenRequest(config),
    frameworkErrors: (error, request, reply) => answerProblem(error, request, reply.headers(securityHeaders(config))),
    trustProxy: config.listen.trustProxy.length === 0 ? false : config.listen.trustProxy,
    genReqId: () => node.random(12).toString('base64url'),
    requestIdHeader: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 256, ignoreTrailingSlash: false },
  }) as unknown as FastifyInstance
  app.setValidatorCompiler(validatorCompiler())
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler<FastifyError>(answerProblem)
  app.setNotFoundHandler((request) => {
    throw new CordonError('node/not-found', `there is nothing at ${request.method} ${request.url.split('?')[0]}`, {
      remedy: 'See /openapi.json.',
    })
  })
  app.addSchema(Problem)
  node.telemetry.attach(app, node)
  await app.register(cookie)
  addHeaders(app, node)
  addLimits(app, node)
  addCallers(app, node)
  addRateLimits(app, node)
  addDemands(app)
  addTextChecks(app)
  await addOpenApi(app, node)
  await app.register(async (api) => addRoutes(api, node))
  return app
}

function answerProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error, request.id)
  if (problem.status >= 500) request.log.error(error)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="cordon"')
  // What is refused for its length or pace is not read to its end.
  if (problem.status === 408 || problem.status === 413) reply.header('connection', 'close')
  reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

function listening({ config }: NodeParts): FastifyServerOptions {
  const tls = tlsOptions(config)
  const { head, ...limits } = serverLimits(config)
  return { ...limits, ...(tls === null ? { http: head } : { https: { ...head, ...tls } }) } as FastifyServerOptions
}
