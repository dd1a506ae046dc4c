import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Seconds. Fine where the node promises something (5, 10 and 100 ms), coarse beyond. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** What a figure that is read off at each scrape is called, and what it says. */
export type GaugeName = { readonly name: string; readonly help: string }

/**
 * The figures of a node for its operator (Prometheus; names end in their unit). They are of the node as a whole: no label names a caller, an organisation, an object, a release label or a text,
 * since a count by any of them would tell of what the one who reads it may not see.
 */
export class NodeMetrics {
  private readonly registry = new Registry()
  private readonly reads: (() => Promise<void>)[] = []
  private readonly requestSeconds: Histogram<'method' | 'route' | 'status'>
  private readonly transactionSeconds: Histogram<'for'>
  private readonly waitSeconds: Histogram<'for'>
  private readonly transactionFailures: Counter<'for'>
  private scraping: Promise<string> | null = null

  constructor() {
    const registers = [this.registry]
    collectDefaultMetrics({ register: this.registry })
    this.requestSeconds = new Histogram({
      name: 'cordon_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer, by route; event streams are left out.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    })
    this.transactionSeconds = new Histogram({
      name: 'cordon_database_transaction_duration_seconds',
      help: 'Time that a transaction held a connection of the database, by whom it was for: a caller or the node itself.',
      labelNames: ['for'],
      buckets: SECONDS,
      registers,
    })
    this.waitSeconds = new Histogram({
      name: 'cordon_database_wait_duration_seconds',
      help: 'Time that a transaction waited for a connection of the database.',
      labelNames: ['for'],
      buckets: SECONDS,
      registers,
    })
    this.transactionFailures = new Counter({
      name: 'cordon_database_transactions_failed_total',
      help: 'Transactions that were rolled back, refusals of requests among them.',
      labelNames: ['for'],
      registers,
    })
  }

  /** An answered request. `route` is the route's template, never the address that was asked for. */
  request(method: string, route: string, status: number, seconds: number): void {
    this.requestSeconds.observe({ method, route, status: String(status) }, seconds)
  }

  /** A transaction that has ended: seconds until it began, seconds that it took, and whether it was rolled back. */
  transaction(caller: boolean, waited: number, took: number, failed: boolean): void {
    const of = { for: caller ? 'caller' : 'node' }
    this.waitSeconds.observe(of, waited)
    this.transactionSeconds.observe(of, took)
    if (failed) this.transactionFailures.inc(of)
  }

  /** Figures that are read together at each scrape. A figure that is missing from what `read` gives (undefined) is left out of that scrape. */
  gauges<Name extends string>(
    figures: Readonly<Record<Name, GaugeName>>,
    read: () => Promise<Readonly<Partial<Record<Name, number>>>>,
  ): void {
    const entries = Object.entries<GaugeName>(figures)
    const made = entries.map(([key, { name, help }]) => ({
      key: key as Name,
      gauge: new Gauge({ name, help, registers: [this.registry] }),
    }))
    this.reads.push(async () => {
      const values = await read()
      for (const { key, gauge } of made) {
        const value = values[key]
        if (value === undefined) gauge.remove()
        else gauge.set(value)
      }
    })
  }

  /** Everything in Prometheus's text format. Scrapes that come meanwhile share the one under way. */
  scrape(): Promise<string> {
    this.scraping ??= this.collect().finally(() => {
      this.scraping = null
    })
    return this.scraping
  }

  /** The media type of {@link scrape}. */
  get contentType(): string {
    return this.registry.contentType
  }

  private async collect(): Promise<string> {
    await Promise.all(this.reads.map((read) => read()))
    return await this.registry.metrics()
  }
}
