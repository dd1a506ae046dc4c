import { extendLedger, writeLedger } from '../../src/ledger/index.ts'
import { incomingOf } from './incoming.ts'
import { address, ETHER, transactionHash } from './rows.ts'

/**
 * A process to be killed: `hang DIR` begins an import and stops in the middle of it, `loop DIR` appends block after block without end.
 * Says a line on stdout when it is there.
 */
const [mode, directory] = process.argv.slice(2) as [string, string]

const block = (number: number, count: number): Parameters<typeof incomingOf>[0] =>
  Array.from({ length: count }, (_, i) => ({
    block: number,
    time: number * 12,
    hash: transactionHash(number * 1000 + i),
    from: address(i % 50),
    to: address((i + number) % 70),
    asset: ETHER,
    value: BigInt(i),
  }))

if (mode === 'hang') {
  const rows = block(1, 900)
  await writeLedger(
    incomingOf(rows, {
      before: async (batch) => {
        if (batch < 100) return
        process.stdout.write('in the middle\n')
        await new Promise((resolve) => setTimeout(resolve, 60_000))
      },
    }),
    directory,
  )
} else {
  process.stdout.write('appending\n')
  for (let number = 1000; ; number++) await extendLedger(incomingOf(block(number, 60)), directory)
}
