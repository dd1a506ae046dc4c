import type { PolicyName } from '../document.ts'
import type { Policy } from '../pool.ts'
import { fifo } from './fifo.ts'
import { haircut } from './haircut.ts'
import { lifo } from './lifo.ts'
import { poison } from './poison.ts'
import { tiho } from './tiho.ts'

/** All policies; a new one is one file beside these and one name here. */
export const POLICIES: Readonly<Record<PolicyName, Policy>> = { poison, haircut, fifo, lifo, tiho }
