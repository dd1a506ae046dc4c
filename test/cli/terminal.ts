import { run } from '../../src/cli/run.ts'

/** Runs `cordon` inside the test with a terminal that keeps what is written to it. */
export async function cordon(...args: string[]): Promise<{ exit: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const exit = await run(args, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    columns: () => null,
    now: () => 0,
    signal: new AbortController().signal,
  })
  return { exit, out, err }
}
