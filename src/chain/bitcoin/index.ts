export * from './address.ts'
export * from './network.ts'
export * from './script.ts'
export * from './script-type.ts'
