import { addressReuse } from './address-reuse.ts'
import { addressType } from './address-type.ts'
import { freshAddress } from './fresh-address.ts'
import { lockTime } from './lock-time.ts'
import { optimalChange } from './optimal-change.ts'
import { roundValue } from './round-value.ts'
import type { ChangeRule, ChangeRuleName } from './rule.ts'
import { scriptFingerprint } from './script-fingerprint.ts'

export const CHANGE_RULES: Readonly<Record<ChangeRuleName, ChangeRule>> = {
  'address-reuse': addressReuse,
  'address-type': addressType,
  'fresh-address': freshAddress,
  'round-value': roundValue,
  'optimal-change': optimalChange,
  'lock-time': lockTime,
  fingerprint: scriptFingerprint,
}
