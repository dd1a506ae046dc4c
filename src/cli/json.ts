/** Pretty JSON with a final newline; integers beyond 2^53 become decimal strings, as in the trace document. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part), 2)}\n`
}
