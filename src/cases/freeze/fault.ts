/** One thing that is missing or wrong in a request. */
export type FreezeFault = {
  /** Stable and machine-readable, e.g. `shortened`. */
  readonly code: string
  /** Path in the request, e.g. `points[0].txHash`. */
  readonly field: string
  readonly what: string
  readonly remedy: string
}

/** What the gate says: nothing leaves while there are faults; warnings are for people to weigh. */
export type GateResult = { readonly passed: boolean; readonly faults: readonly FreezeFault[]; readonly warnings: readonly FreezeFault[] }

/** Where checks put what they find. */
export class FaultList {
  readonly faults: FreezeFault[] = []
  readonly warnings: FreezeFault[] = []

  fault(code: string, field: string, what: string, remedy: string): void {
    this.faults.push({ code, field, what, remedy })
  }

  warn(code: string, field: string, what: string, remedy: string): void {
    this.warnings.push({ code, field, what, remedy })
  }
}

/** A text as it can stand in a message: short, and without anything that forges lines. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text)
}

/** Whether a text says something: at least one letter or digit. */
export function says(text: string | null): text is string {
  return text !== null && /[\p{L}\p{N}]/u.test(text)
}
