export { readinessOf } from './readiness.ts'
export { type Telemetry, telemetryOf } from './telemetry.ts'
