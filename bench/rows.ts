import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

/** One measured figure, as docs/*.json keeps it. */
export interface MeasuredRow {
  readonly id: string
  readonly what: string
  readonly data: string
  readonly value: number
  readonly unit: string
  /** What it must reach, e.g. `>= 0.95`, or null where nothing is asked. */
  readonly target: string | null
  readonly peer: string | null
  readonly peerValue: number | null
  /** How many times better than the peer, in the sense of the unit; null without a peer. */
  readonly ratio: number | null
}

/** A row that no peer is held beside. */
export function measured(row: Omit<MeasuredRow, 'peer' | 'peerValue' | 'ratio'>): MeasuredRow {
  return { ...row, peer: null, peerValue: null, ratio: null }
}

/** Whether a row reaches its target, or null where it has none. Targets read `>= x` or `<= x`, of the ratio when they begin with `ratio`. */
export function reached(row: MeasuredRow): boolean | null {
  const target = /^(ratio )?(>=|<=) ([\d.]+)/.exec(row.target ?? '')
  if (target === null) return null
  const subject = target[1] === undefined ? row.value : row.ratio
  if (subject === null) return null
  const limit = Number(target[3])
  return target[2] === '>=' ? subject >= limit : subject <= limit
}

/** Targets of import and trace were set for a ledger of 100 M transfers; smaller ones are measured without. */
export function asked(transfers: number): boolean {
  return transfers >= 100_000_000
}

/** The machine that the figures were made on, in words. */
export function machine(): string {
  const processors = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${processors.length} × ${processors[0]?.model.trim() || 'unknown processor'}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}`
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

function figure(value: number | null): string {
  if (value === null) return ''
  if (Number.isInteger(value)) return value.toLocaleString('en-US')
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
}

/** A Markdown table of the rows. */
export function table(rows: readonly MeasuredRow[]): string {
  const lines = [
    '| what | data | value | unit | target | reached | peer | peer value | ratio |',
    '|---|---|---:|---|---|---|---|---:|---:|',
  ]
  for (const row of rows) {
    const ok = reached(row)
    lines.push(
      `| ${row.what} | ${row.data} | ${figure(row.value)} | ${row.unit} | ${row.target ?? ''} | ${ok === null ? '' : ok ? 'yes' : '**no**'} | ${row.peer ?? ''} | ${figure(row.peerValue)} | ${figure(row.ratio)} |`,
    )
  }
  return lines.join('\n')
}

/**
 * Write rows to `docs/<name>.json` and `docs/<name>.md`. Rows of an earlier run with other ids stay, so that a long
 * measurement can be repeated by itself; each section names the command that makes it.
 */
export function writeRows(name: 'accuracy' | 'benchmarks', introduction: string, rows: readonly MeasuredRow[]): void {
  const json = new URL(`../docs/${name}.json`, import.meta.url)
  let kept: MeasuredRow[] = []
  try {
    kept = (JSON.parse(readFileSync(json, 'utf8')) as { rows: MeasuredRow[] }).rows
  } catch {
    // The first run: there is nothing to keep.
  }
  const fresh = new Set(rows.map((row) => row.id))
  const all = [...kept.filter((row) => !fresh.has(row.id)), ...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  writeFileSync(json, `${JSON.stringify({ machine: machine(), rows: all }, null, 2)}\n`)
  writeFileSync(new URL(`../docs/${name}.md`, import.meta.url), `${introduction}\n\nMachine: ${machine()}.\n\n${table(all)}\n`)
}
