import { expect, it } from 'vitest'
import { ChangeLinks } from '../../../../src/attribution/bitcoin/cluster/links.ts'

it('links by change come back in order, however many, and with numbers of 32 bits', () => {
  const links = new ChangeLinks()
  expect([...links]).toEqual([])
  for (let k = 0; k < 5_000; k++) links.push(k, 0xffff_fff0 - k, 2 * k)
  expect(links.length).toBe(5_000)
  expect([...links]).toEqual(Array.from({ length: 5_000 }, (_, k) => ({ tx: k, from: 0xffff_fff0 - k, to: 2 * k, by: 'change' })))
})
