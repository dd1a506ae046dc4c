export * from './alerts/index.ts'
export * from './case/index.ts'
export * from './freeze/index.ts'
// Both a theft and a freeze request have a standing: outside of this room the plain name is the theft's.
export { type Standing as FreezeStanding, standingOf as freezeStandingOf } from './freeze/index.ts'
export * from './heists/index.ts'
export { type Standing, standingOf } from './heists/index.ts'
