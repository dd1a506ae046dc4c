import { expect } from 'vitest'
import { CordonError } from '../../../../src/chain/index.ts'
import type { BitcoinBlock, IncomingBlocks } from '../../../../src/ledger/bitcoin/block.ts'
import { type BitcoinExportOptions, openBitcoinExport } from '../../../../src/ledger/bitcoin/etl/index.ts'

export interface ReadExport {
  readonly blocks: readonly BitcoinBlock[]
  readonly incoming: IncomingBlocks
}

export async function readExport(paths: readonly string[], options: BitcoinExportOptions = {}): Promise<ReadExport> {
  const incoming = await openBitcoinExport(paths, { threads: 1, ...options })
  try {
    const blocks: BitcoinBlock[] = []
    for await (const block of incoming.blocks()) blocks.push(block)
    return { blocks, incoming }
  } finally {
    await incoming.close()
  }
}

/** A block with its scripts one by one: sources lay the same scripts out in different bytes. */
export function plain(block: BitcoinBlock): Record<string, unknown> {
  const { script, spent, ...rest } = block
  const scripts = (column: BitcoinBlock['script']) =>
    Array.from(column.start, (start, k) => Buffer.from(column.bytes.subarray(start, column.end[k])).toString('hex'))
  const numbers = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      ArrayBuffer.isView(value) ? [...(value as unknown as ArrayLike<number> & Iterable<number>)] : value,
    ]),
  )
  return {
    ...numbers,
    scripts: scripts(script),
    spent: spent === null ? null : { known: [...spent.known], value: [...spent.value], scripts: scripts(spent.script) },
  }
}

/** The error that reading ends in. */
export async function failure(paths: readonly string[], options: BitcoinExportOptions = {}): Promise<CordonError> {
  const outcome = await readExport(paths, options).then(
    () => null,
    (error: unknown) => error,
  )
  expect(outcome, 'reading should have failed').toBeInstanceOf(CordonError)
  return outcome as CordonError
}
