import type { Reply, Someone } from '../world.ts'

/** One door that reads, of the served OpenAPI document. */
export type ReadingDoor = { readonly operation: string; readonly path: string; readonly parameters: readonly string[] }

/** Doors that are no part of the promise, and why. */
export const APART: Readonly<Record<string, string>> = {
  'events.stream': 'a stream, tested by itself',
  'object.prove': 'a proof shows how long the record is, as every proof of a transparency log does',
  'record.checkpoint': 'for auditors of the whole record',
  'record.consistency': 'for auditors of the whole record',
  'record.read': 'for auditors of the whole record',
  'record.prove': 'for auditors of the whole record',
  'node.metrics': 'figures of the whole node for its operator, who asks from the machine itself or with node:manage',
  'node.health': 'says nothing of objects',
  'node.ready': 'says nothing of objects',
}

type Document = { paths: Record<string, Record<string, { operationId?: string; parameters?: { name: string; in: string }[] }>> }

/** Every door that reads, so that one that is added later is tested without being named. */
export async function readingDoors(someone: Someone): Promise<readonly ReadingDoor[]> {
  const document = (await someone.ask('GET', '/openapi.json')).json as Document
  return Object.entries(document.paths).flatMap(([path, methods]) => {
    const door = methods.get
    if (door?.operationId === undefined || door.operationId in APART) return []
    return [{ operation: door.operationId, path, parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string) }]
  })
}

/** An answer without what is new in each: ids of requests, and sealed cursors and proofs, of which only the presence counts. */
export function plain({ status, headers, text }: Reply, ids: readonly string[] = []): string {
  const kept = ['etag', 'content-type', 'location', 'allow'].map((name) => `${name}=${headers.get(name)}`)
  let body = text
    .replaceAll(/"instance":"[^"]*"/g, '"instance":"*"')
    .replaceAll(/"next":"[^"]*"/g, '"next":"*"')
    // A proof shows how long the record is: see APART.
    .replaceAll(/"proof":\{[^{}]*\}/g, '"proof":"*"')
  for (const id of ids) body = body.replaceAll(id, '<id>')
  return `${status} ${kept.join(' ')} ${body}`
}
