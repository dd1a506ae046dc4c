import { extendBitcoinLedger, writeBitcoinLedger } from '../../../src/ledger/index.ts'
import { columnsOf, incomingBlocks } from './chain.ts'
import { longChain } from './long-chain.ts'

/**
 * A process to be killed: `hang DIR` begins an import and stops in the middle of it, `loop DIR` appends without end, and now and then undoes blocks for a longer branch.
 * Says a line on stdout when it is there.
 */
const [mode, directory] = process.argv.slice(2) as [string, string]

if (mode === 'hang') {
  const blocks = longChain(12, 0, '')
  await writeBitcoinLedger(
    {
      ...incomingBlocks([]),
      async *blocks() {
        for (const block of blocks) {
          if (block.height === 9) {
            process.stdout.write('in the middle\n')
            await new Promise((resolve) => setTimeout(resolve, 60_000))
          }
          yield columnsOf(block)
        }
      },
    },
    directory,
  )
} else {
  process.stdout.write('appending\n')
  for (let length = 14; ; length += 2) {
    await extendBitcoinLedger(incomingBlocks(longChain(length, 0, '')), directory)
    if (length % 6 !== 0) continue
    // Two blocks are undone for a longer branch, and these again for the first chain.
    await extendBitcoinLedger(incomingBlocks(longChain(length + 1, length - 2, 'branch')), directory)
    await extendBitcoinLedger(incomingBlocks(longChain(length + 2, 0, '')), directory)
  }
}
