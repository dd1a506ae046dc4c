import { writeFile } from 'node:fs/promises'

/** Writes a value as JSON, amounts as decimal text. Gives the path. */
export async function writeJson(path: string, value: unknown): Promise<string> {
  await writeFile(path, `${JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner), 1)}\n`, {
    flag: 'wx',
    mode: 0o600,
  })
  return path
}
