/** Does one thing after another, in the order in which they were asked for. Between two the event loop turns, so that whoever waits for anything else is not kept waiting by a long queue. */
export class OneAtATime {
  private last: Promise<unknown> = Promise.resolve()

  /** Does it when everything before it has ended, well or badly. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const before = this.last
    const { promise, resolve } = Promise.withResolvers<void>()
    this.last = promise
    try {
      await before
      return await work()
    } finally {
      setImmediate(resolve)
    }
  }
}
