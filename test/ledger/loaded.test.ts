import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('threads that are ended at any moment while native code loads in them do not take the process with them', () => {
  const { status, signal, stdout } = spawnSync(process.execPath, [fileURLToPath(new URL('./loaded-ender.ts', import.meta.url))], {
    encoding: 'utf8',
  })
  expect({ status, signal, stdout }).toEqual({ status: 0, signal: null, stdout: '60\n' })
}, 60_000)
