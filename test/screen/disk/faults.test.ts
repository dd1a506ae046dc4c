import { expect, it } from 'vitest'
import { diskFault } from '../../../src/screen/decide/disk.ts'
import { diskFaultOf, isMissing } from '../../../src/screen/disk/faults.ts'
import { diskError } from '../../../src/screen/versions/files.ts'

const failed = (code: string): Error => Object.assign(new Error(`${code}: it failed`), { code })

it.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'not-writable'],
  ['EPERM', 'not-writable'],
  ['EROFS', 'not-writable'],
  ['ENOTDIR', 'not-writable'],
  ['EISDIR', 'not-writable'],
])('%s is told as %s by list stores and by logs of decisions alike', (code, fault) => {
  expect(diskFaultOf(failed(code))).toBe(fault)
  expect(diskError(failed(code), '/x')).toMatchObject({ code: `list/${fault}`, place: { file: '/x' }, cause: { code } })
  expect(diskFault(failed(code), '/x')).toMatchObject({ code: `screen/${fault}`, place: { file: '/x' }, cause: { code } })
})

it('what the disk has nothing to do with stays as it is', () => {
  for (const error of [new Error('a fault of the program'), failed('EMFILE'), failed('toString'), null, undefined, 'text', { code: 7 }]) {
    expect(diskFaultOf(error)).toBe(null)
    expect(isMissing(error)).toBe(false)
    expect(diskError(error, '/x')).toBe(error)
    expect(diskFault(error, '/x')).toBe(error)
  }
  expect(isMissing(failed('ENOENT'))).toBe(true)
})
