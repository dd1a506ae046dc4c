export * from './network.ts'
export * from './script-type.ts'
