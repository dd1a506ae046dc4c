import { CordonError } from '../../../chain/index.ts'
import { hashHex } from '../wire/header.ts'
import { type FollowOptions, followNode, type NodeBlocks, type NodeReader } from './follow.ts'
import { ask, badAnswer, type HttpAnswer, type HttpOptions, nodeUrl } from './http.ts'
import { countField, hashField, object, ShapeFault } from './json.ts'
import { spentFromJson, spentFromOutputs } from './spent.ts'

export interface CoreRestOptions extends HttpOptions, FollowOptions {
  /** http or https, of the node itself, e.g. `http://127.0.0.1:8332`; `/rest` is added. */
  readonly url: string
}

const SMALL = 64 << 10
/** A block has at most 4 million bytes (BIP 141). */
const BLOCK = 5 << 20
/** The outputs that a block's inputs spent may have longer scripts than all of the block. */
const SPENT = 256 << 20
const JSON_BLOCK = 160 << 20

/**
 * Opens the blocks of a Bitcoin Core node over its REST interface (started with `-rest`), which knows no password: `/rest/chaininfo.json`, `/rest/blockhashbyheight/`, `/rest/block/<hash>.bin`;
 * what inputs spent comes from `/rest/spenttxouts/<hash>.bin` (Bitcoin Core 30), else from `/rest/block/<hash>.json`.
 *
 * @throws CordonError `bitcoin/bad-url`, `bitcoin/node-unreachable`, `bitcoin/node-error`, `bitcoin/bad-answer`, `bitcoin/answer-too-long`, `bitcoin/redirected` and what `followNode` throws
 */
export async function openCoreRest(options: CoreRestOptions): Promise<NodeBlocks> {
  const { url } = nodeUrl(options.url)
  const base = new URL(`${url.pathname.replace(/\/+$/, '')}/rest/`, url)
  return followNode(async (signal) => restReader(base, { ...options, signal }), options)
}

function restReader(base: URL, options: HttpOptions): NodeReader {
  let undo = true
  const get = (path: string, limit: number) => ask({ method: 'GET', url: new URL(path, base), limit }, options)
  const found = async (path: string, limit: number): Promise<Buffer> => {
    const answer = await get(path, limit)
    if (answer.status === 200) return answer.body
    throw refused(new URL(path, base), answer)
  }
  return {
    name: base.href,
    format: 'bitcoin-core/rest',
    async tip() {
      const body = await found('chaininfo.json', SMALL)
      return shaped(new URL('chaininfo.json', base), body, (info) => ({
        chain: String(info.chain),
        height: countField(info.blocks, 'blocks'),
        hash: hashField(info.bestblockhash, 'bestblockhash'),
        pruned: info.pruned === true ? countField(info.pruneheight, 'pruneheight') : 0,
      }))
    },
    async hashAt(height) {
      const path = `blockhashbyheight/${height}.bin`
      const answer = await get(path, SMALL)
      if (answer.status === 404 && /out of range/i.test(answer.body.toString('latin1'))) return null
      if (answer.status !== 200) throw refused(new URL(path, base), answer)
      if (answer.body.length !== 32) throw badAnswer(new URL(path, base), `a hash has 32 bytes, the answer ${answer.body.length}`)
      return hashHex(answer.body)
    },
    block: (hash) => found(`block/${hash}.bin`, BLOCK),
    async spent(hash, block) {
      if (undo) {
        const path = `spenttxouts/${hash}.bin`
        const answer = await get(path, SPENT)
        if (answer.status === 200) return spentFromOutputs(answer.body, block, new URL(path, base).href)
        // Nodes from before answer so to any path that they do not know; they have the same in the block's JSON.
        undo = false
      }
      const path = `block/${hash}.json`
      const body = await found(path, JSON_BLOCK)
      return shaped(new URL(path, base), body, (json) => spentFromJson(json, block))
    },
  }
}

function shaped<T>(url: URL, body: Buffer, read: (json: Readonly<Record<string, unknown>>) => T): T {
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw badAnswer(url, `the answer is no JSON: ${(cause as Error).message.slice(0, 200)}`, cause)
  }
  try {
    return read(object(json, 'the answer'))
  } catch (error) {
    throw error instanceof ShapeFault ? badAnswer(url, `the answer cannot be: ${error.message}`) : error
  }
}

function refused(url: URL, { status, body }: HttpAnswer): CordonError {
  const said = body
    .toString('latin1', 0, 200)
    .replace(/[^ -~]+/g, ' ')
    .trim()
  return new CordonError('bitcoin/node-error', `${url.href}: HTTP ${status} ${said}`, {
    place: { file: url.href },
    remedy: status === 404 ? 'Start the node with -rest, and ask for blocks that it has.' : 'The node says what is wrong.',
  })
}
