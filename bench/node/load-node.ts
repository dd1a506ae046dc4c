/** The node that `npm run load` measures, in a process of its own, which looks at itself once a second. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readConfig } from '../../src/node/config/index.ts'
import { startNode } from '../../src/node/start.ts'
import type { Sample } from './load-plan.ts'

const MIB = 2 ** 20

async function run(environment: Readonly<Record<string, string>>): Promise<void> {
  const node = await startNode({ config: await readConfig(null, environment) })
  const { lists } = node.parts.screening
  while (lists.status.state === 'opening') await new Promise((resolve) => setTimeout(resolve, 100))
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  let used = process.cpuUsage()
  let second = 0
  const looking = setInterval(() => {
    const { rss, heapUsed } = process.memoryUsage()
    const { user, system } = process.cpuUsage(used)
    used = process.cpuUsage()
    const sample: Sample = {
      second: ++second,
      rssMiB: rss / MIB,
      heapMiB: heapUsed / MIB,
      delayP99: delay.percentile(99) / 1e6,
      delayMax: delay.max / 1e6,
      cpu: (user + system) / 1e6,
    }
    delay.reset()
    process.send?.({ sample })
  }, 1_000)
  process.send?.({ url: node.url, lists: lists.status.state })
  process.once('message', () => {
    clearInterval(looking)
    node.stop().then(() => process.disconnect())
  })
}

process.once('message', (environment: Readonly<Record<string, string>>) => {
  run(environment).catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
    process.disconnect()
  })
})
