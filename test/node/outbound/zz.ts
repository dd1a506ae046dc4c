import type { CustomFetch } from 'openid-client'
import type { FetchImplementation } from 'jose'
import { customFetch, OUTBOUND } from '../../../src/node/outbound/index.ts'
export const a: CustomFetch = customFetch(OUTBOUND)
export const b: FetchImplementation = customFetch(OUTBOUND)
