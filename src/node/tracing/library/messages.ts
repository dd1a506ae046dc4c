/** A question to the library's process, and its answer under the same number. */
export type Question = { readonly id: number; readonly name: string; readonly input: unknown }

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly code: string; readonly message: string; readonly place: object; readonly remedy: string | null }
  | { readonly id: number; readonly failure: string }
