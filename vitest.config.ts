import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Native code (the embedded database, mapped memory) must not be able to take other files' tests down with it.
    pool: 'forks',
    // V8 keeps its compiled code behind memory protection keys where the processor has them, and loses count of its pages there (nodejs/node 64500).
    execArgv: ['--no-memory-protection-keys'],
    reporters: ['default', './scripts/count-reporter.ts'],
  },
})
