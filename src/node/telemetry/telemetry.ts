import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/index.ts'
import type { Database } from '../database/database.ts'
import type { NodeParts } from '../parts.ts'
import { observedDatabase } from './database.ts'
import { nodeGauges } from './gauges.ts'
import { NodeMetrics } from './metrics.ts'
import { observeRequests } from './requests.ts'
import { Traces } from './traces.ts'

/** What an operator sees of a node: figures always, traces where a collector is configured. */
export type Telemetry = {
  readonly metrics: NodeMetrics
  /** The same database, observed. */
  observe(database: Database): Database
  /** Observes the requests of a server and reads the node's own figures at each scrape. Before any other hook is added. */
  attach(app: FastifyInstance, node: NodeParts): void
  /** Sends what is left to the collector. The last thing that a node does. */
  stop(): Promise<void>
}

/** Makes the telemetry of a node. `instance` tells nodes apart at the collector. */
export function telemetryOf({ telemetry, home }: Config, version: string, instance: string): Telemetry {
  const metrics = new NodeMetrics()
  const traces = telemetry.otlp === null ? null : new Traces(telemetry.otlp, { name: `cordon/${home.organisation}`, version, instance })
  return {
    metrics,
    observe: (database) => observedDatabase(database, metrics, traces),
    attach: (app, node) => {
      const streams = observeRequests(app, metrics, traces)
      nodeGauges(metrics, node, streams)
    },
    stop: async () => {
      await traces?.stop()
    },
  }
}
