export { type Config, readConfig, showConfig } from './config/index.ts'
export { type RunningNode, type StartOptions, startNode } from './start.ts'
