import { Document, type Scalar, type YAMLMap } from 'yaml'
import { type Config, ConfigSchema, SECRETS } from './schema.ts'

type Schema = { readonly description?: string; readonly properties?: Readonly<Record<string, Schema>> }

/** The configuration as a YAML file with a comment to every setting; secrets are shown as `***`. */
export function showConfig(config: Config): string {
  const document = new Document(withoutSecrets(config, []))
  comment(document.contents as YAMLMap, ConfigSchema as unknown as Schema)
  return document.toString({ lineWidth: 0 })
}

/** The configuration with its secrets hidden. */
export function withoutSecrets(value: unknown, path: readonly string[]): unknown {
  if (value !== null && SECRETS.includes(path.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.'))) return '***'
  if (Array.isArray(value)) return value.map((part, index) => withoutSecrets(part, [...path, String(index)]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutSecrets(part, [...path, key])]))
}

function comment(map: YAMLMap, schema: Schema): void {
  for (const pair of map.items) {
    const key = pair.key as Scalar<string>
    const part = schema.properties?.[key.value]
    if (part?.properties) comment(pair.value as YAMLMap, part)
    else if (part?.description) key.commentBefore = ` ${part.description}`
  }
}
