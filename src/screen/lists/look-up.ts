/** The value under a key that comes from a file; undefined where the table has no such key of its own. `table[key]` would find `constructor` and `__proto__` in every table. */
export function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
