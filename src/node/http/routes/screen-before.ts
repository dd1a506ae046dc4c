export { doorAfter } from '../door.ts'
