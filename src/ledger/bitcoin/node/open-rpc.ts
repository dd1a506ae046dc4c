import { type FollowOptions, followNode, type NodeBlocks, type NodeReader } from './follow.ts'
import { badAnswer } from './http.ts'
import { countField, hashField, hexField, object, ShapeFault } from './json.ts'
import { type RpcClient, type RpcOptions, RpcRefusal, rpcClient } from './rpc.ts'
import { spentFromJson } from './spent.ts'

export interface CoreRpcOptions extends RpcOptions, FollowOptions {}

const SMALL = 64 << 10
/** A block has at most 4 million bytes (BIP 141), two digits each. */
const HEX_BLOCK = 9 << 20
/** JSON says each script in hexadecimal and in words, and much beside. */
const JSON_BLOCK = 160 << 20
/** Out of range: RPC_INVALID_PARAMETER. */
const OUT_OF_RANGE = -8
/** How nodes say that they do not know a parameter: RPC_MISC_ERROR, RPC_TYPE_ERROR, RPC_INVALID_PARAMETER, RPC_INVALID_PARAMS. */
const UNKNOWN_PARAMETER: ReadonlySet<number> = new Set([-1, -3, -8, -32_602])

/**
 * Opens the blocks of a Bitcoin Core node, or one that speaks like it, over JSON-RPC: `getblockchaininfo`, `getblockhash`, `getblock` with verbosity 0 for the block itself and
 * 3 for what its inputs spent. Nodes that have no verbosity 3 (before Bitcoin Core 23, and others) leave that unknown, and the notes say so.
 *
 * @throws CordonError `bitcoin/bad-url`, `bitcoin/no-cookie`, `bitcoin/node-unreachable`, `bitcoin/node-refused`, `bitcoin/node-error`, `bitcoin/bad-answer`, `bitcoin/answer-too-long`,
 *   `bitcoin/redirected` and what `followNode` throws; no error shows user, password or cookie
 * @example
 * const node = await openCoreRpc({ url: 'http://127.0.0.1:8332', cookieFile: '/home/me/.bitcoin/.cookie', from: 800_000 })
 * for await (const block of node.blocks()) console.log(block.height, block.transactions)
 */
export async function openCoreRpc(options: CoreRpcOptions): Promise<NodeBlocks> {
  return followNode(async (signal) => rpcReader(await rpcClient({ ...options, signal })), options)
}

function rpcReader(client: RpcClient): NodeReader {
  const shaped = <T>(method: string, read: () => T): T => {
    try {
      return read()
    } catch (error) {
      throw error instanceof ShapeFault ? badAnswer(client.url, `the answer to ${method} cannot be: ${error.message}`) : error
    }
  }
  return {
    name: client.url.href,
    format: 'bitcoin-core/rpc',
    async tip() {
      const answer = await client.call('getblockchaininfo', [], SMALL)
      return shaped('getblockchaininfo', () => {
        const info = object(answer, 'the result')
        return {
          chain: String(info.chain),
          height: countField(info.blocks, 'blocks'),
          hash: hashField(info.bestblockhash, 'bestblockhash'),
          pruned: info.pruned === true ? countField(info.pruneheight, 'pruneheight') : 0,
        }
      })
    },
    async hashAt(height) {
      try {
        const answer = await client.call('getblockhash', [height], SMALL)
        return shaped('getblockhash', () => hashField(answer, 'the result'))
      } catch (error) {
        if (error instanceof RpcRefusal && error.rpcCode === OUT_OF_RANGE) return null
        throw error
      }
    },
    async block(hash) {
      // The number 0, as Bitcoin Core wants it; older nodes and others take it for false.
      const answer = await client.call('getblock', [hash, 0], HEX_BLOCK)
      return shaped('getblock', () => hexField(answer, 'the result'))
    },
    async spent(hash, block) {
      try {
        const answer = await client.call('getblock', [hash, 3], JSON_BLOCK)
        return shaped('getblock', () => spentFromJson(answer, block))
      } catch (error) {
        if (error instanceof RpcRefusal && UNKNOWN_PARAMETER.has(error.rpcCode)) return null
        throw error
      }
    },
  }
}
