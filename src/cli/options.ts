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
