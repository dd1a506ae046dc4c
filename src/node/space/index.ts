export { type Space, watchSpace } from './space.ts'
