import { mkdirSync, writeFileSync } from 'node:fs'
import type { MeasuredRow } from '../../rows.ts'
import { aliasPairs, aliasRows, personPairs } from './alias-pairs.ts'
import { bodyRows } from './body-pairs.ts'
import { calibrationRows } from './calibration.ts'
import { cleanCustomers, cleanRows } from './clean-customers.ts'
import { listedPersonRows } from './listed-persons.ts'
import { haveNames, realScreener } from './lists.ts'
import { benchCases, benchRows } from './name-bench.ts'
import { ownNameRows } from './own-names.ts'

/** How well names are matched, on every labelled set of the shared data. What is missed or hit falsely is written to out/names.md by name. */
export async function nameRows(): Promise<MeasuredRow[]> {
  if (!haveNames()) return []
  const { lists, screener } = await realScreener()
  const pairs = await aliasPairs()
  const persons = lists
    .filter(({ service }) => service.list !== 'us-csl')
    .flatMap(({ service, entries }) => personPairs(service.list, entries))
  const cases = await benchCases()
  const parts = [
    aliasRows(pairs, persons),
    await listedPersonRows(screener),
    await bodyRows(lists),
    cleanRows(screener, await cleanCustomers()),
    benchRows(cases),
    ownNameRows(screener, lists),
    calibrationRows(pairs, persons, cases),
  ]
  mkdirSync(new URL('../../../out/', import.meta.url), { recursive: true })
  writeFileSync(new URL('../../../out/names.md', import.meta.url), `${parts.flatMap(({ notes }) => notes).join('\n')}\n`)
  return parts.flatMap(({ rows }) => rows)
}
