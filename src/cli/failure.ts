import { CordonError, type ErrorPlace } from '../chain/index.ts'
import { isAbort } from './exit.ts'
import { toJson } from './json.ts'

/** An error for people: what happened, where, and what to do. A stack only where the fault is Cordon's own. */
export function describeFailure(error: unknown): string {
  if (isAbort(error)) return 'cordon: stopped; nothing was left half done\n'
  if (!(error instanceof CordonError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return `cordon: this is a fault in cordon, not in your input:\n${stack}\n`
  }
  const place = describePlace(error.place)
  const lines = [`cordon: ${error.message}`]
  if (place !== '') lines.push(`  where: ${place}`)
  if (error.remedy !== null) lines.push(`  to do: ${error.remedy}`)
  lines.push(`  code:  ${error.code}`)
  return `${lines.join('\n')}\n`
}

/** The same for machines: one JSON object on stderr. */
export function failureJson(error: unknown): string {
  if (error instanceof CordonError) {
    return toJson({ error: { code: error.code, message: error.message, place: error.place, remedy: error.remedy } })
  }
  const code = isAbort(error) ? 'cli/interrupted' : 'cli/fault'
  return toJson({ error: { code, message: error instanceof Error ? error.message : String(error), place: {}, remedy: null } })
}

function describePlace(place: ErrorPlace): string {
  const parts: string[] = []
  if (place.file !== undefined) parts.push(place.file)
  if (place.line !== undefined) parts.push(`line ${place.line}`)
  if (place.field !== undefined) parts.push(`field ${place.field}`)
  return parts.join(', ')
}
