export { forkHeight, type NodeBlocks } from './follow.ts'
export { nodeUrl } from './http.ts'
export * from './open-rest.ts'
export * from './open-rpc.ts'
