import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frontierRoot, leafHash, nodeHash, treeRoot } from '../../../src/share/log/index.ts'
import { CT_LEAVES, CT_ROOTS, hex, logOf } from './tree.ts'

describe('the tree of RFC 6962', () => {
  it('has the roots of the Certificate Transparency test tree at every size from 0 to 8', () => {
    const { leaves, frontiers } = logOf(CT_LEAVES)
    for (let size = 0; size <= 8; size++) {
      expect(hex(treeRoot(leaves.slice(0, size)))).toBe(CT_ROOTS[size])
      expect(hex(frontierRoot(frontiers[size]!))).toBe(CT_ROOTS[size])
    }
  })

  it('hashes a leaf after 0x00 and a node after 0x01, so that one never passes for the other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ minLength: 32, maxLength: 32 }), (left, right) => {
        const both = Buffer.concat([left, right])
        expect(hex(leafHash(both))).toBe(createHash('sha256').update(Uint8Array.of(0)).update(both).digest('hex'))
        expect(hex(nodeHash(left, right))).toBe(createHash('sha256').update(Uint8Array.of(1)).update(both).digest('hex'))
        expect(hex(leafHash(both))).not.toBe(hex(nodeHash(left, right)))
      }),
    )
  })
})
