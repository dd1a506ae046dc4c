import { type Static, Type } from 'typebox'
import type { Progress } from '../../chain/index.ts'

/** How far a job is, as far as it can be told. */
export const JobProgress = Type.Object(
  {
    phase: Type.String(),
    done: Type.Number(),
    total: Type.Union([Type.Number(), Type.Null()]),
    unit: Type.String({ description: 'what is counted: bytes, rows, accounts' }),
    secondsLeft: Type.Union([Type.Integer(), Type.Null()], { description: 'of this phase, at its rate so far' }),
  },
  { additionalProperties: false, title: 'JobProgress' },
)

export type JobProgress = Static<typeof JobProgress>

/** The progress of one job; `now` in milliseconds. Each phase has a rate of its own. */
export class ProgressMeter {
  private phase: string | null = null
  private began = 0
  private first = 0
  last: JobProgress | null = null

  report({ phase, done, total, unit }: Progress, now: number): void {
    if (phase !== this.phase) {
      this.phase = phase
      this.began = now
      this.first = done
    }
    const rate = now > this.began ? (done - this.first) / (now - this.began) : 0
    const left = total === null || rate <= 0 ? null : Math.ceil(Math.max(0, total - done) / rate / 1000)
    this.last = { phase, done, total, unit, secondsLeft: left }
  }
}
