import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asked, type MeasuredRow } from '../rows.ts'
import { bytesOf, generateTransfers } from './generate.ts'

interface Measured {
  readonly seconds: number
  readonly peakBytes: number
}
interface MeasuredImport extends Measured {
  readonly bytes: number
  readonly accounts: number
}

const GIB = 2 ** 30

/**
 * Imports `transfers` generated token transfers from Parquet, and lets DuckDB write the same rows sorted both ways: time, peak memory and
 * bytes on disk. Needs about 400 bytes of disk a transfer in `folder`; leaves the
 * Parquet files, the ledger (`folder/ledger-N`) and the sorted files (`folder/peer-N`) there.
 */
export async function measureImport(folder: string, transfers: number): Promise<MeasuredRow[]> {
  const files = await generateTransfers(folder, transfers)
  return measureFiles(
    files,
    transfers,
    `${transfers / 1e6} M generated token transfers`,
    join(folder, `ledger-${transfers}`),
    join(folder, `peer-${transfers}`),
  )
}

/** The same for Parquet files that are there already: `ledger` is made, and DuckDB's sorted files go to `scratch`. */
export function measureFiles(files: readonly string[], transfers: number, title: string, ledger: string, scratch: string): MeasuredRow[] {
  const ours = run<MeasuredImport>('import', ledger, files)
  mkdirSync(scratch, { recursive: true })
  const peer = run<Measured>('peer', scratch, files)
  const parquet = bytesOf(files)
  const data = `${title}, ${(ours.accounts / 1e6).toFixed(1)} M accounts, Parquet (snappy)`
  const copies = 'DuckDB: COPY ORDER BY from, position and COPY ORDER BY to, position'
  return [
    {
      id: `ledger-import-${transfers}-seconds`,
      what: 'import: both directions, dictionaries, hashes, manifest',
      data,
      value: ours.seconds,
      unit: 's',
      target: asked(transfers) ? 'ratio >= 1' : null,
      peer: copies,
      peerValue: peer.seconds,
      ratio: peer.seconds / ours.seconds,
    },
    {
      id: `ledger-import-${transfers}-memory`,
      what: 'import: peak resident memory',
      data,
      value: ours.peakBytes / GIB,
      unit: 'GiB',
      target: '<= 4',
      peer: `${copies} (limit 4 GB)`,
      peerValue: peer.peakBytes / GIB,
      ratio: peer.peakBytes / ours.peakBytes,
    },
    {
      id: `ledger-import-${transfers}-disk`,
      what: 'ledger on disk',
      data,
      value: ours.bytes / transfers,
      unit: 'bytes a transfer',
      target: asked(transfers) ? 'ratio >= 1' : null,
      peer: 'the Parquet files that it was read from',
      peerValue: parquet / transfers,
      ratio: parquet / ours.bytes,
    },
  ]
}

function run<T extends Measured>(what: 'import' | 'peer', directory: string, files: readonly string[]): T {
  const script = fileURLToPath(new URL('run.ts', import.meta.url))
  const result = spawnSync(process.execPath, [script, what, directory, ...files], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (result.status !== 0) throw new Error(`the measurement ${what} failed`)
  return JSON.parse(result.stdout) as T
}
