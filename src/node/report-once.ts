/** Tells of failures of something that is tried again and again: of each cause once, until it succeeds. */
export type Reporter = {
  failed(error: unknown): void
  succeeded(): void
}

/** A cause is known by the error's code and message: a disk that stays full is told once, and what else goes wrong meanwhile too. */
export function reportOnce(report: (error: unknown) => void): Reporter {
  const told = new Set<string>()
  return {
    failed: (error) => {
      const cause = causeOf(error)
      if (told.has(cause)) return
      told.add(cause)
      report(error)
    },
    succeeded: () => told.clear(),
  }
}

function causeOf(error: unknown): string {
  return error instanceof Error ? `${(error as NodeJS.ErrnoException).code ?? error.name} ${error.message}` : String(error)
}
