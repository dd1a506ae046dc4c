import { it } from 'vitest'
import { nodeWorld } from '/work/main/test/node/world.ts'
import { make, onLatest, rule, until } from '/work/main/test/node/alerts/made.ts'
it('measures', async () => {
  const world = await nodeWorld()
  const sue = await world.someone('Sue', ['supervisor'])
  const ids: string[] = []
  await make(sue, 'rule', rule({ event: 'case', changes: null, cases: null }, {quietSeconds: 2592000}))
  const watchAcc = await make(sue, 'watch', { subject: { kind: 'account', account: 'eip155:1:0x705239affa4e93c692edd8688d9205f081176fab' }, note: 'w' })
  const t0 = performance.now()
  for (let i = 0; i < 300; i++) ids.push((await sue.ask('POST', '/api/v1/cases', { case: { title: `c${i}`, summary: 'x' } })).json.id)
  const t1 = performance.now()
  await until('300', async () => (await world.node.parts.database.system((tx) => tx.query<{n:number}>(`select count(*)::int as n from object where kind='alert'`)))[0]!.n >= 300)
  console.log('300 cases made in', Math.round(t1 - t0), 'ms; alerts of all', Math.round(performance.now() - t1), 'ms later')
  const time = async (name: string, f: () => Promise<unknown>) => { const ts: number[] = []; for (let i = 0; i < 60; i++) { const a = performance.now(); await f(); ts.push(performance.now() - a) } ts.sort((a, b) => a - b); console.log(name, 'p50', ts[30]!.toFixed(1), 'p99', ts[58]!.toFixed(1)) }
  const { items } = (await sue.ask('GET', '/api/v1/alerts')).json
  await time('GET /alerts', () => sue.ask('GET', '/api/v1/alerts'))
  await time('GET /alerts?state=open', () => sue.ask('GET', '/api/v1/alerts?state=open'))
  await time('GET /alerts/id', () => sue.ask('GET', `/api/v1/alerts/${items[0].id}`))
  await time('GET /rules', () => sue.ask('GET', '/api/v1/rules'))
  await time('GET /webhooks', () => sue.ask('GET', '/api/v1/webhooks'))
  console.log('q by address', (await sue.ask('GET', '/api/v1/watches?q=0x705239affa4e93c692edd8688d9205f081176fab')).json.items.length, (await sue.ask('GET', `/api/v1/watches?q=eip155:1:0x705239affa4e93c692edd8688d9205f081176fab`)).json.items.length, (await sue.ask('GET', `/api/v1/alerts?q=${ids[0]}`)).json.items.length)
  await world.close()
}, 200000)
