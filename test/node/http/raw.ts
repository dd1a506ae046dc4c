import { connect } from 'node:net'

/** Bytes to a port, and what comes back until the other side closes (or `until` matches). Requests that no client library would send. */
export async function raw(
  url: string,
  send: readonly string[],
  { pause = 0, until }: { pause?: number; until?: RegExp } = {},
): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  let answer = ''
  const ended = new Promise<void>((resolve) => {
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1')
      if (until?.test(answer)) socket.destroy()
    })
    socket.on('error', () => {})
    socket.once('close', () => resolve())
  })
  for (const part of send) {
    if (socket.destroyed) break
    socket.write(part, 'latin1')
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
  }
  await ended
  return answer
}

/** The head of a request to the node at `url`. */
export function head(url: string, line: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = { host: new URL(url).host, ...headers }
  return `${line}\r\n${Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`
}
