/**
 * A JSON value whose texts the database can keep: hostile files put NUL characters and halves of surrogate pairs into messages and names, and no database takes those. They become U+FFFD.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '\ufffd') as T
  if (Array.isArray(value)) return value.map(storable) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [storable(key), storable(part)])) as T
}
