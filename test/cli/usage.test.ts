import { describe, expect, it } from 'vitest'
import { cordon } from './terminal.ts'

const COMMANDS = [
  ['ledger', 'import'],
  ['ledger', 'append'],
  ['ledger', 'info'],
  ['ledger', 'verify'],
  ['ledger', 'export'],
  ['trace'],
  ['trace', 'verify'],
  ['trace', 'peel'],
  ['tags', 'check'],
  ['tags', 'clusters'],
  ['tags', 'coinjoins'],
  ['tags', 'deposits'],
  ['tags', 'look-alikes'],
  ['simulate'],
]

describe('the command line', () => {
  it.each(COMMANDS)('explains %s %s with examples', async (...words) => {
    const { exit, out, err } = await cordon(...words.filter(Boolean), '--help')
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(out).toContain(`Examples:\n  $ cordon ${words.filter(Boolean).join(' ')}`)
    expect(out).toContain('--json')
  })
  it('names its exit codes and its version', async () => {
    expect((await cordon('--help')).out).toContain('2 wrong command line, 3 input refused, 130 interrupted')
    expect((await cordon('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
  it.each([
    [['nonsense'], /nonsense/],
    [['ledger', 'import', '--ledger', 'x'], /file/],
    [['ledger', 'import', 'a.csv'], /--ledger/],
    [['ledger', 'import', 'a.csv', '--ledger', 'x', '--refuse-limit', '1e3'], /whole number/],
    [['trace', '--ledger', 'x'], /trace needs --seeds FILE_OR_ADDRESS and --out/],
    [['trace', '--ledger', 'x', '--seeds', 's', '--out', 'o', '--policy', 'random'], /poison, haircut, fifo/],
    [['trace', 'verify', '--ledger', 'x'], /file/],
    [['simulate', '--transfers', '-5', '--seed', '1', '--out', 'x'], /whole number/],
    [['trace', '--ledger', 'x', '--seeds', '0x12', '--out', 'o.json'], /neither a file nor a whole address/],
  ])('ends with 2 and says what is wrong: %j', async (args, why) => {
    const { exit, out, err } = await cordon(...args)
    expect(exit).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(why)
  })
  it('says it as JSON under --json, with nothing on stdout', async () => {
    const { exit, out, err } = await cordon('ledger', 'info', '--json')
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(JSON.parse(err).error).toMatchObject({ code: 'cli/usage', message: expect.stringContaining('--ledger') })
  })
  it('refuses before reading anything where a result could not be written', async () => {
    const { exit, err } = await cordon('trace', '--ledger', 'nowhere', '--seeds', 'none', '--out', 'no/such/folder/trace.json')
    expect(exit).toBe(1)
    expect(err).toContain('cli/not-writable')
  })
})
