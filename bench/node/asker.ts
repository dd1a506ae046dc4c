import { Agent, request } from 'node:http'

/** What the process that asks is told: where, as whom, what, and by how many at once. */
export type Asking = {
  readonly url: string
  /** Headers by which the asker is known. */
  readonly headers: Readonly<Record<string, string>>
  readonly questions: readonly (readonly [path: string, body: unknown])[]
  readonly clients: number
}

/** Milliseconds that each answer took, from the request to its last byte. */
export type Asked = { readonly times: readonly number[]; readonly failed: number }

/** Asks over HTTP/1.1 on kept connections, in a process of its own, so that asking takes nothing from answering. */
process.on('message', (asking: Asking) => {
  ask(asking).then((asked) => process.send?.(asked))
})

async function ask({ url, headers, questions, clients }: Asking): Promise<Asked> {
  // With a time of its own the agent heeds how long the server keeps a connection.
  const agent = new Agent({ keepAlive: true, maxSockets: clients, timeout: 30_000 })
  const texts = questions.map(([path, body]) => [path, Buffer.from(JSON.stringify(body))] as const)
  const times: number[] = []
  let [next, failed] = [0, 0]
  const client = async (): Promise<void> => {
    for (let at = next++; at < texts.length; at = next++) {
      const [path, text] = texts[at] as (typeof texts)[number]
      const begun = performance.now()
      const status = await post(agent, `${url}${path}`, headers, text)
      times.push(performance.now() - begun)
      if (status !== 200) failed++
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  agent.destroy()
  return { times, failed }
}

function post(agent: Agent, url: string, known: Asking['headers'], body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { ...known, 'content-type': 'application/json', 'content-length': body.length }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
      response.once('error', reject)
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
