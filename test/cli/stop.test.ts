import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { stopOnSignals } from '../../src/cli/stop.ts'

function started() {
  const signals = new EventEmitter()
  const said: string[] = []
  let clock = 0
  let killed = 0
  const signal = stopOnSignals({ signals, now: () => clock, say: (text) => said.push(text), kill: () => killed++ })
  return {
    signal,
    said,
    press: (ms: number) => {
      clock = ms
      signals.emit('SIGINT')
    },
    killed: () => killed,
  }
}

describe('Ctrl-C', () => {
  it('asks the work to stop at the first press and ends the process at the second', () => {
    const run = started()
    expect(run.signal.aborted).toBe(false)
    run.press(0)
    expect(run.signal.aborted).toBe(true)
    expect(run.said).toHaveLength(1)
    expect(run.killed()).toBe(0)
    run.press(1_000)
    expect(run.killed()).toBe(1)
  })
  it('is one press when the terminal and the starting process both report it', () => {
    const run = started()
    run.press(0)
    run.press(2)
    expect(run.killed()).toBe(0)
    expect(run.said).toHaveLength(1)
  })
})
