/** `npm run client`: writes the types of the client of what a node serves. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'
import { readConfig, startNode } from '../src/node/index.ts'

const root = join(import.meta.dirname, '..')
const TARGET = 'src/client/schema.ts'

const HEAD = `// Made by \`npm run client\` of the OpenAPI document of the node. Do not edit: change the doors, and make it again.

`

/** The types of a client of an interface, as the file has them. The same document gives the same text. */
export async function clientTypes(document: object): Promise<string> {
  const ast = await openapiTS(structuredClone(document) as never, { alphabetize: true, immutable: false })
  return await formatted(HEAD + astToString(ast))
}

/** A text as Biome formats it. */
async function formatted(text: string): Promise<string> {
  const biome = spawn(process.execPath, [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'format', `--stdin-file-path=${TARGET}`], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  biome.stdin.end(text)
  const parts: Buffer[] = []
  for await (const part of biome.stdout) parts.push(part as Buffer)
  const code = await new Promise<number | null>((resolve) => {
    if (biome.exitCode !== null) resolve(biome.exitCode)
    else biome.once('exit', resolve)
  })
  if (code !== 0) throw new Error(`Biome ended with ${code}`)
  return Buffer.concat(parts).toString()
}

async function makeClient(): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'cordon-client-'))
  try {
    const config = await readConfig(null, { CORDON_DATA: data, CORDON_LISTEN_PORT: '0', CORDON_TELEMETRY_LOG: 'silent' })
    const node = await startNode({ config })
    try {
      await writeFile(join(root, TARGET), await clientTypes(node.app.swagger()))
    } finally {
      await node.stop()
    }
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}

if (import.meta.main) await makeClient()
