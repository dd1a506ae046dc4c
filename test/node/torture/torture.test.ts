import { describe, expect, it } from 'vitest'
import { torture } from '../../../bench/node/torture-run.ts'
import { NO_POSTGRES } from '../postgres.ts'

// `npm run torture` does it a thousand times.
const KILLS = 10

for (const { database, name, missing } of [
  { database: 'embedded', name: 'the embedded database', missing: null },
  { database: 'server', name: 'a PostgreSQL server', missing: NO_POSTGRES },
] as const)
  describe.skipIf(missing !== null)(
    `a node on ${name} that is killed while it writes${missing === null ? '' : ` (skipped: ${missing})`}`,
    () => {
      it('has lost nothing that it acknowledged, did nothing twice, and its record verifies', async () => {
        const { kills, acknowledged, lost, findings, checkpoints } = await torture({
          database,
          kills: KILLS,
          seed: 7,
          auditEvery: KILLS,
          say: () => {},
        })
        expect(Object.values(kills).reduce((sum, n) => sum + n, 0)).toBe(KILLS)
        expect({ lost, findings }).toEqual({ lost: [], findings: [] })
        // A torture in which nothing was written or signed would prove nothing.
        expect(acknowledged).toBeGreaterThan(KILLS)
        expect(checkpoints).toBeGreaterThan(0)
      }, 600_000)
    },
  )
