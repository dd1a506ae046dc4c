import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importLedger, openAnyLedger } from '../../../src/ledger/index.ts'
import { walletExposure } from '../../../src/screen/exposure/exposure.ts'
import { hasShared, shared } from '../identifiers/shared.ts'

async function addresses(file: string): Promise<string[]> {
  const text = await readFile(shared(file), 'utf8')
  return [...text.matchAll(/\b0x[0-9a-f]{40}\b/gi)].map(([address]) => address.toLowerCase())
}

describe.each([
  ['harmony-2022', 11],
  ['atomic-wallet-2023', 101],
])('The thief’s accounts of %s, were they listed', (heist, cashOuts) => {
  const folder = `heists/${heist}`
  test.skipIf(!hasShared(folder))(
    'are found as sources from every account where the money was cashed out (skipped where ../shared/data is missing)',
    async () => {
      const directory = await mkdtemp(join(tmpdir(), 'cordon-exposure-'))
      try {
        await importLedger({ paths: [shared(`${folder}/flows.csv`)], directory: join(directory, 'ledger') })
        const thieves = new Set(await addresses(`${folder}/sources.csv`))
        const ledger = await openAnyLedger(join(directory, 'ledger'))
        try {
          let asked = 0
          for (const wallet of await addresses(`${folder}/terminals.csv`)) {
            const document = await walletExposure({
              ledger,
              wallet,
              listed: (account) => (thieves.has(account) ? [{ list: 'own', entry: heist, name: 'thief' }] : null),
              parameters: { maxHops: 20 },
            })
            // Some lie outside the flows that were published.
            if (!document.inLedger) continue
            asked++
            expect([wallet, document.assets.flatMap(({ sources }) => sources).length > 0]).toEqual([wallet, true])
          }
          expect(asked).toBe(cashOuts)
        } finally {
          await ledger.close()
        }
      } finally {
        await rm(directory, { recursive: true, force: true })
      }
    },
  )
})
