import { InvalidArgumentError } from 'commander'

/** A whole number of at least `least`, for commander. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    // 100_000, 100,000 and 1e6 are refused: what a script passes must mean one thing.
    const value = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`)
    }
    return value
  }
}

const UNITS: Readonly<Record<string, number>> = { B: 1, KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30, KB: 1e3, MB: 1e6, GB: 1e9 }

/** A size such as `512MiB`, `1.5GiB` or `2GB` in bytes, for commander. */
export function byteSize(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text) ?? []
  const factor = UNITS[unit.toUpperCase()]
  const bytes = Math.floor(Number(digits) * (factor ?? Number.NaN))
  if (!Number.isSafeInteger(bytes) || bytes < 1) throw new InvalidArgumentError('It must be a size such as 512MiB or 2GiB.')
  return bytes
}

/** Gathers a repeatable `KEY=VALUE` option into a record. */
export function keyValue(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  // Asset ids hold no `=`, so the last one divides.
  const at = text.lastIndexOf('=')
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('It must be KEY=VALUE.')
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) }
}

/** Drops options that were not given, so that the defaults of whoever receives the rest hold. */
export function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
