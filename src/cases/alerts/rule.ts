import { Ajv2020 } from 'ajv/dist/2020.js'
import { type Static, Type } from 'typebox'
import { CordonError } from '../../chain/index.ts'
import type { AlertEvent, AssetAmount } from './event.ts'

const closed = { additionalProperties: false } as const
const listOf = <T extends Type.TSchema>(type: T, description: string) =>
  Type.Union([Type.Array(type, { minItems: 1, maxItems: 1000 }), Type.Null()], { description })
const text = Type.String({ minLength: 1, maxLength: 200 })

const Kinds = listOf(
  Type.Enum([
    'exchange',
    'mixer',
    'bridge',
    'defi',
    'gambling',
    'payment',
    'custody',
    'other-service',
    'unnamed-service',
    'null-account',
    'miners',
    'actor',
  ]),
  'kinds of whoever is on the other side; null for any',
)
const Assets = Type.Union(
  [
    Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.String({ pattern: '^(0|[1-9][0-9]{0,77})$' }), {
      minProperties: 1,
      maxProperties: 1000,
    }),
    Type.Null(),
  ],
  {
    description: 'least amount by asset (CAIP-19), in base units; other assets do not count. Null for any amount but nothing of any asset',
  },
)

/** What an event must be. */
export const ConditionSchema = Type.Union([
  Type.Object(
    {
      event: Type.Literal('movement'),
      direction: Type.Enum(['in', 'out', 'any']),
      assets: Assets,
      counterparties: Kinds,
      entities: listOf(text, 'ids of entities on the other side; null for any'),
    },
    closed,
  ),
  Type.Object(
    {
      event: Type.Literal('trace'),
      changes: listOf(Type.Enum(['new-endpoint', 'more-arrived', 'moved-on']), 'null for any'),
      assets: Assets,
      kinds: Kinds,
    },
    closed,
  ),
  Type.Object(
    {
      event: Type.Literal('list'),
      changes: listOf(Type.Enum(['added', 'removed', 'changed']), 'null for any'),
      lists: listOf(text, 'null for any'),
    },
    closed,
  ),
  Type.Object(
    {
      event: Type.Literal('freeze-clock'),
      overdueSeconds: Type.Integer({ minimum: 0, maximum: 31_536_000, description: 'least time past the window' }),
    },
    closed,
  ),
  Type.Object(
    {
      event: Type.Literal('case'),
      changes: listOf(text, 'changes such as `status`, which stands for `status.closed` too; null for any'),
      cases: listOf(text, 'ids; null for any'),
    },
    closed,
  ),
])

/** The body of a rule. JSON Schema of its document. */
export const RuleSchema = Type.Object(
  {
    name: text,
    severity: Type.Enum(['low', 'medium', 'high', 'critical']),
    enabled: Type.Boolean(),
    when: ConditionSchema,
    watches: listOf(text, 'ids of the watches that it is about; null for all. Freeze clocks and cases need none'),
    quietSeconds: Type.Integer({
      minimum: 60,
      maximum: 2_592_000,
      description: 'length of the window in which what happens to the same subject is one alert',
    }),
  },
  closed,
)

export type RuleBody = Static<typeof RuleSchema>
export type Condition = Static<typeof ConditionSchema>
export type Severity = RuleBody['severity']
export type StoredRule = { readonly id: string; readonly owner: string; readonly body: RuleBody }

const validate = new Ajv2020({ allErrors: false, strict: false, discriminator: false }).compile(RuleSchema)

/**
 * Checks a rule.
 *
 * @throws CordonError `alerts/rule` with the field that is wrong
 */
export function checkRule(body: unknown): RuleBody {
  if (!validate(body)) {
    // Of the alternatives of `when`, the one that its `event` names says most.
    const errors = validate.errors ?? []
    const error = errors.find(({ keyword }) => keyword !== 'const' && keyword !== 'anyOf') ?? errors[0]
    const field = (error?.instancePath ?? '').slice(1).replaceAll('/', '.')
    throw bad(
      field,
      `${error?.message ?? 'it is no rule'}${error?.keyword === 'additionalProperties' ? `: ${JSON.stringify(error.params.additionalProperty)}` : ''}`,
    )
  }
  const rule = body as RuleBody
  if (!/[\p{L}\p{N}]/u.test(rule.name)) throw bad('name', 'it is empty')
  if (rule.watches !== null && (rule.when.event === 'freeze-clock' || rule.when.event === 'case'))
    throw bad('watches', 'a rule about freeze clocks or cases watches nothing else')
  return rule
}

/** Whether an event is what the rule is about; watches are asked apart. */
export function holds(when: Condition, event: AlertEvent): boolean {
  if (when.event === 'movement' && event.kind === 'movement') {
    const { entity } = event.counterparty
    return (
      (when.direction === 'any' || when.direction === event.direction) &&
      enough([event], when.assets) &&
      (when.counterparties === null || (entity !== null && when.counterparties.includes(entity.kind))) &&
      (when.entities === null || (entity !== null && when.entities.includes(entity.id)))
    )
  }
  if (when.event === 'trace' && event.kind === 'trace') {
    return (
      (when.changes === null || when.changes.includes(event.change)) &&
      enough(event.amounts, when.assets) &&
      (when.kinds === null || (event.entity !== null && when.kinds.includes(event.entity.kind)))
    )
  }
  if (when.event === 'list' && event.kind === 'list') {
    return (when.changes === null || when.changes.includes(event.change)) && (when.lists === null || when.lists.includes(event.list))
  }
  if (when.event === 'freeze-clock' && event.kind === 'freeze-clock') return event.overdueSeconds >= when.overdueSeconds
  if (when.event === 'case' && event.kind === 'case') {
    const named = when.changes === null || when.changes.some((change) => event.change === change || event.change.startsWith(`${change}.`))
    return named && (when.cases === null || when.cases.includes(event.case))
  }
  return false
}

/** A transfer of nothing moves nothing: anyone can write one into somebody else's history. */
function enough(amounts: readonly AssetAmount[], least: Readonly<Record<string, string>> | null): boolean {
  return amounts.some(({ asset, amount }) => {
    const value = BigInt(amount)
    if (value <= 0n) return false
    if (least === null) return true
    return Object.hasOwn(least, asset) && value >= BigInt(least[asset] as string)
  })
}

function bad(field: string, what: string): CordonError {
  return new CordonError('alerts/rule', `the rule cannot be used: ${field === '' ? '' : `${field}: `}${what}`, {
    place: { field },
    remedy: 'docs/alerts.md shows a rule of each kind.',
  })
}
