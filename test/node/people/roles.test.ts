import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FORBIDDEN_PAIRS, forbiddenPair, NEVER_BY_KEY, ROLES, SCOPES, scopesOf, scopesOfKey } from '../../../src/node/people/roles.ts'

const roles = fc.subarray([...ROLES])

test('More roles never mean fewer scopes, and scopes come only from roles', () => {
  fc.assert(
    fc.property(roles, roles, (some, others) => {
      const both = scopesOf([...some, ...others])
      expect(both).toEqual(SCOPES.filter((scope) => scopesOf(some).includes(scope) || scopesOf(others).includes(scope)))
    }),
  )
  expect(scopesOf([])).toEqual([])
  expect(scopesOf(['root', 'toString', '__proto__'])).toEqual([])
})

test('A key never does more than its owner could now, nor more than it was made for', () => {
  fc.assert(
    fc.property(roles, fc.subarray([...SCOPES]), (held, made) => {
      const can = scopesOfKey(made, held)
      expect(can.every((scope) => made.includes(scope) && scopesOf(held).includes(scope) && !NEVER_BY_KEY.includes(scope))).toBe(true)
      // Whoever loses a role has weaker keys at once; whoever gains one has no stronger key than he made.
      for (const lost of held)
        expect(can).toEqual(
          expect.arrayContaining([
            ...scopesOfKey(
              made,
              held.filter((role) => role !== lost),
            ),
          ]),
        )
    }),
  )
})

test('An administrator reads no content and changes no label; an auditor reads the record alone; a subscriber changes nothing', () => {
  const administrator = scopesOf(['administrator'])
  expect(administrator.filter((scope) => /^(cases|objects|alerts|release|traces|record|freeze|screen|exports):/.test(scope))).toEqual([])
  expect(scopesOf(['auditor'])).toEqual(['people:read', 'record:read', 'record:export', 'keys:own'])
  expect(scopesOf(['subscriber']).filter((scope) => !scope.endsWith(':read'))).toEqual(['keys:own'])
})

test('Who drafts a freeze request cannot authorise it by role alone, and only a releaser changes labels', () => {
  expect(scopesOf(['analyst'])).not.toContain('freeze:authorise')
  expect(ROLES.filter((role) => scopesOf([role]).includes('freeze:authorise'))).toEqual(['supervisor'])
  expect(ROLES.filter((role) => scopesOf([role]).includes('release:change'))).toEqual(['releaser'])
  expect(ROLES.filter((role) => scopesOf([role]).includes('people:manage'))).toEqual(['administrator'])
  expect(ROLES.filter((role) => scopesOf([role]).includes('record:read'))).toEqual(['auditor'])
})

test('Every scope is somebody’s', () => {
  expect(scopesOf(ROLES)).toEqual(SCOPES)
})

test('No administrator is a releaser or an auditor as well', () => {
  for (const pair of FORBIDDEN_PAIRS) expect(forbiddenPair(pair)).toEqual(pair)
  expect(forbiddenPair(['administrator', 'analyst', 'supervisor', 'compliance'])).toBeNull()
})
