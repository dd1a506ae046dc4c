import type { Progress } from '../chain/index.ts'
import { count, duration } from './text.ts'

export interface ProgressLine {
  report(progress: Progress): void
  /** Take the line away before anything else is written. */
  clear(): void
}

interface LineOptions {
  readonly write: (text: string) => void
  /** Characters to a line, or null when nobody is looking. */
  readonly columns: () => number | null
  readonly now: () => number
}

const QUIET_MS = 1_000
const REDRAW_MS = 100

/** One line on a terminal that is drawn over as the work goes on. Work that ends within a second draws nothing. */
export function progressLine({ write, columns, now }: LineOptions): ProgressLine {
  const begun = now()
  let phase: string | null = null
  let phaseBegun = begun
  let phaseDone = 0
  let drawnAt = Number.NEGATIVE_INFINITY
  let drawn = false
  return {
    report(progress) {
      const width = columns()
      if (width === null) return
      const at = now()
      if (progress.phase !== phase) {
        phase = progress.phase
        phaseBegun = at
        phaseDone = progress.done
      }
      if (at - begun < QUIET_MS || at - drawnAt < REDRAW_MS) return
      drawnAt = at
      drawn = true
      write(`\r\u001b[2K${describeProgress(progress, progress.done - phaseDone, at - phaseBegun).slice(0, Math.max(20, width - 1))}`)
    },
    clear() {
      if (drawn) write('\r\u001b[2K')
      drawn = false
    },
  }
}

/** `sorting by receiver: 12,000,000 of 100,000,000 transfers (12 %), 1,200,000/s, 1 min 13 s left`. */
export function describeProgress({ phase, done, total, unit }: Progress, since: number, ms: number): string {
  const of = total === null ? `${count(done)} ${unit}` : `${count(done)} of ${count(total)} ${unit}`
  const share = total === null || total === 0 ? '' : ` (${Math.floor((100 * done) / total)} %)`
  const perSecond = ms > 0 ? (1000 * since) / ms : 0
  const rate = perSecond > 0 ? `, ${count(perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond))}/s` : ''
  const left = perSecond > 0 && total !== null && total > done ? `, ${duration((total - done) / perSecond)} left` : ''
  return `${phase}: ${of}${share}${rate}${left}`
}
