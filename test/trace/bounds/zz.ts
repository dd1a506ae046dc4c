import fc from 'fast-check'
import { ledgers } from './ledgers.ts'
import { bounds } from '../../../src/trace/bounds/index.ts'
import { everyColouring } from './colourings.ts'
import { plainBounds } from './reference.ts'
for (const [shape, n] of [[{ pools: 3, groups: 2, transactions: 5, largest: 3n, width: 1, injections: true, unknown: true },20000],
 [{ pools: 4, groups: 2, transactions: 3, largest: 3n, width: 4, injections: true, unknown: true },20000]] as const) {
 let t=performance.now(), nz=0, gap=0, inter=0, moves=0
 fc.assert(fc.property(ledgers(shape), (i)=>{ const b=bounds(i); const e=everyColouring(i); moves+=i.moves.value.length
  b.most.forEach((m,g)=>{ if(m!==e.most[g]||b.least[g]!==e.least[g]) throw new Error('x'); if(m>0n)nz++; if(m>b.least[g]!)gap++; if(m>b.least[g]!&&b.least[g]!>0n)inter++ })}),{numRuns:n})
 console.log(n, {nz,gap,inter,moves}, performance.now()-t)
}
for (const largest of [20n, 2n**100n, 2n**256n-1n]) {
 const shape = { pools: 8, groups: 3, transactions: 80, largest, width: 3, injections: true, unknown: true }
 let t=performance.now(), nz=0, gap=0, inter=0, moves=0
 fc.assert(fc.property(ledgers(shape), (i)=>{ const b=bounds(i);  moves+=i.moves.value.length
  b.most.forEach((m,g)=>{ const e=plainBounds(i,g); if(m!==e.most||b.least[g]!==e.least) throw new Error('x'); if(m>0n)nz++; if(m>b.least[g]!)gap++; if(m>b.least[g]!&&b.least[g]!>0n)inter++ })}),{numRuns:1000})
 console.log({nz,gap,inter,moves}, performance.now()-t)
}
