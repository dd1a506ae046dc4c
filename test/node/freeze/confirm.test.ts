import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checksumAddress } from '../../../src/chain/index.ts'
import { type Ledger, openLedger } from '../../../src/ledger/index.ts'
import { type SmallWorld, smallWorld } from '../traces/small-world.ts'
import type { NodeWorld } from '../world.ts'
import { act, deskWorld, house, LBANK, open, REQUEST, setClock } from './papers.ts'

describe('what a ledger says of the points of a request', () => {
  let small: SmallWorld
  let world: NodeWorld
  let people: Awaited<ReturnType<typeof house>>
  let ledger: Ledger
  /** A point of a transfer that the ledger has. */
  let real: (typeof REQUEST.points)[number]
  beforeAll(async () => {
    small = await smallWorld()
    ledger = await openLedger(small.ledger)
    const clock = setClock(new Date(Math.max(Date.now(), (ledger.manifest.time?.last ?? 0) * 1000 + 3_600_000)).toISOString())
    world = await deskWorld(clock, { change: (config) => ({ ...config, library: { ...config.library, ledgers: { eth: small.ledger } } }) })
    people = await house(world)
    await people.supervisor.ask('POST', '/api/v1/exchanges', { entry: LBANK })
    const [account] = await ledger.accountIds([small.seeds[0] as string])
    for await (const batch of ledger.transfersOf([account as number])) {
      const [tx] = await ledger.transactions([batch.tx[0] as number])
      const [from, to] = await ledger.addresses([batch.from[0] as number, batch.to[0] as number])
      const asset = ledger.manifest.assets[batch.asset[0] as number]
      real = {
        ...(REQUEST.points[0] as (typeof REQUEST.points)[number]),
        id: 'p1',
        txHash: tx?.hash ?? '',
        chain: ledger.manifest.chain,
        block: tx?.block ?? 0,
        from: checksumAddress(from as string),
        to: checksumAddress(to as string),
        asset: asset?.id ?? '',
        amount: batch.value.get(0).toString(),
        decimals: asset?.decimals ?? 18,
        time: new Date((tx?.time ?? 0) * 1000).toISOString(),
      }
      break
    }
  })
  afterAll(async () => {
    await ledger?.close()
    await world?.close()
    await small?.close()
  })

  it('is shown by the gate: ok, differs, unknown', async () => {
    const points = [
      real,
      { ...real, id: 'p2', amount: `${real.amount}0` },
      { ...real, id: 'p3', to: REQUEST.points[0]?.to as string },
      { ...real, id: 'p4', txHash: REQUEST.points[0]?.txHash as string },
      { ...real, id: 'p5', asset: REQUEST.points[0]?.asset as string },
      { ...(REQUEST.points[1] as (typeof REQUEST.points)[number]), id: 'p6' },
    ]
    const { id } = (await open(people.analyst, { request: { ...REQUEST, points } })).json
    const gate = (await people.analyst.ask('GET', `/api/v1/requests/${id}/gate`)).json
    expect(gate.points).toEqual([
      { id: 'p1', confirmation: 'ok' },
      { id: 'p2', confirmation: 'differs' },
      { id: 'p3', confirmation: 'differs' },
      { id: 'p4', confirmation: 'unknown' },
      // A ledger of other tokens says nothing of this one.
      { id: 'p5', confirmation: ledger.manifest.assets.some((asset) => asset.id === REQUEST.points[0]?.asset) ? 'differs' : 'unknown' },
      { id: 'p6', confirmation: 'unknown' },
    ])
    expect(gate.faults.filter(({ code }: { code: string }) => code === 'differs').map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['points[1]', 'points[2]']),
    )
    expect(gate.warnings.map(({ code, field }: { code: string; field: string }) => `${code} ${field}`)).toContain('unconfirmed points[3]')
  })

  it('keeps a request that differs from being authorised, and lets the right one through', async () => {
    const chronology = [{ time: real.time, text: 'Value reaches the deposit address.' }]
    const right = {
      ...REQUEST,
      points: [real],
      chronology,
      incident: { ...REQUEST.incident, at: real.time },
      order: null,
      asked: { ...REQUEST.asked, kind: 'temporary-hold', durationHours: 72 },
      nonDisclosure: { asked: false, basis: null, until: null },
      marking: { ...REQUEST.marking, needToKnow: false },
    }
    const team = [people.supervisor]
    const { id: wrong } = (await open(people.analyst, { team, request: { ...right, points: [{ ...real, amount: '1' }] } })).json
    const refused = await act(people.supervisor, wrong, { action: 'authorise' })
    expect(refused).toMatchObject({ status: 422, json: { code: 'cases/freeze-incomplete' } })
    expect(refused.json.detail).toContain('points[0]')
    const { id } = (await open(people.analyst, { team, request: right })).json
    const authorised = await act(people.supervisor, id, { action: 'authorise' })
    expect(authorised.json.body?.state, authorised.text).toBe('authorised')
  })
})
