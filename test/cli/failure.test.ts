import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CordonError } from '../../src/chain/index.ts'
import { EXIT, exitCodeOf, SORTED_CODES, usage } from '../../src/cli/exit.ts'
import { describeFailure, failureJson } from '../../src/cli/failure.ts'

const home = fileURLToPath(new URL('../../', import.meta.url))
const refused = new CordonError('ledger/refused', 'the value is negative', {
  place: { file: 'a.csv', line: 7, field: 'value' },
  remedy: 'Correct the line.',
})
const stopped = new DOMException('stopped', 'AbortError')

describe('an error', () => {
  it('tells a person what happened, where, and what to do', () => {
    expect(describeFailure(refused)).toBe(
      'cordon: the value is negative\n  where: a.csv, line 7, field value\n  to do: Correct the line.\n  code:  ledger/refused\n',
    )
  })
  it('tells a machine the same', () => {
    expect(JSON.parse(failureJson(refused))).toEqual({
      error: {
        code: 'ledger/refused',
        message: 'the value is negative',
        place: { file: 'a.csv', line: 7, field: 'value' },
        remedy: 'Correct the line.',
      },
    })
  })
  it('has an exit code by who can mend it', () => {
    expect(exitCodeOf(refused)).toBe(EXIT.refused)
    expect(exitCodeOf(usage('no', 'yes'))).toBe(EXIT.usage)
    expect(exitCodeOf(new CordonError('ledger/disk-full', 'full'))).toBe(EXIT.failed)
    expect(exitCodeOf(new TypeError('x is not a function'))).toBe(EXIT.failed)
    expect(exitCodeOf(stopped)).toBe(EXIT.interrupted)
  })
  it('is sorted by a code that some room throws', () => {
    const sources = globSync('src/**/*.ts', { cwd: home }).filter((file) => !file.endsWith('cli/exit.ts'))
    const text = sources.map((file) => readFileSync(join(home, file), 'utf8')).join('\n')
    // `cli/usage` is thrown by exit.ts itself.
    expect(SORTED_CODES.filter((code) => code !== 'cli/usage' && !text.includes(`'${code}'`))).toEqual([])
  })
  it('of our own shows its stack, and says whose it is', () => {
    expect(describeFailure(new TypeError('x is not a function'))).toMatch(/fault in cordon[\s\S]*failure\.test/)
    expect(JSON.parse(failureJson(stopped)).error.code).toBe('cli/interrupted')
  })
})
