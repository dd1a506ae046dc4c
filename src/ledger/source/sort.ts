import type { Lane, Reader } from './lane.ts'
export function sortLane(_reader: Reader): Lane {
  throw new Error('todo')
}
