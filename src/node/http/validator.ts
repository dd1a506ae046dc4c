import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  'date-time': /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/,
  uri: /^https?:\/\/[^\s]{1,2000}$/,
}

/** Bodies are taken as they are: "5" is no number and an unknown property is an error. What comes as text (paths, queries, headers) is turned into its type. */
function ajv(coerce: boolean): Ajv2020 {
  return new Ajv2020({
    allErrors: false,
    strict: false,
    coerceTypes: coerce ? 'array' : false,
    useDefaults: true,
    removeAdditional: false,
    formats: { ...FORMATS },
  })
}

/** Compiles the schemas of requests. */
export function validatorCompiler(): FastifySchemaCompiler<TSchema> {
  const exact = ajv(false)
  const textual = ajv(true)
  return ({ schema, httpPart }) => (httpPart === 'body' ? exact : textual).compile(schema) as never
}
