import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import { BATCH_FIELDS, type ExposureParameters, type FieldMap, type Language, MATCHER } from '../../../screen/index.ts'
import type { Ask } from '../../ask.ts'
import { type NewJob, startJob, takeInputs } from '../../jobs/index.ts'
import type { NodeParts } from '../../parts.ts'
import type { FileTask, WalletExposureTask } from '../../screening/kinds-screen.ts'
import { settingOf } from '../../screening/question.ts'
import { suppressorOf } from '../../screening/standing-decisions.ts'
import { chainNamed, LedgerKey } from '../../tracing/index.ts'
import type { Answer } from '../answer.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { Id, LabelInput } from '../shapes.ts'
import { answerJob, Job } from './jobs.ts'
import { aboutOf } from './ledgers-jobs.ts'
import { chainTaskOf, LiveInput } from './ledgers-live.ts'
import { Frame, LanguageAsked, text, WhichLists } from './screen-asked.ts'
import { TagsInput, tagsTaken } from './traces-input.ts'

const closed = { additionalProperties: false } as const

const Input = {
  upload: Type.Optional(Id),
  file: Type.Optional(Id),
  label: Type.Optional(LabelInput),
}
type Given = Static<ReturnType<typeof Type.Object<typeof Input>>>

const Columns = Type.Object(
  Object.fromEntries(BATCH_FIELDS.map((field) => [field, Type.Optional(Type.Array(text(200), { maxItems: 50 }))])),
  { additionalProperties: false, title: 'BatchColumns', description: 'which column stands for what, where its name does not tell' },
)

const whole = (description: string, minimum = 1) => Type.Optional(Type.Integer({ minimum, maximum: 1_000_000_000, description }))
const Parameters = Type.Object(
  {
    policy: Type.Optional(Type.Enum(['haircut', 'fifo', 'lifo', 'tiho'], { description: 'how what is mixed is divided' })),
    maxHops: whole('hops back at most', 2),
    maxAccounts: whole('accounts opened at most for an asset'),
    since: Type.Optional(text(40, 'follow nothing from before this time')),
    asOf: Type.Optional(text(40, 'what reached the wallet up to this time')),
    hubTransfers: whole('transfers from which an untagged account is an unnamed service'),
    maxTransfers: whole('transfers of the wallet from which it is not traced'),
    minPart: Type.Optional(text(64, 'a fraction a/b: part of what it received of an asset below which nothing is followed')),
    maxAssets: whole('assets traced at most'),
  },
  { additionalProperties: false, title: 'ExposureParameters' },
)

/** Screening that takes longer than a request: files of customers, and what stands behind a wallet. */
export function screenFileRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/screen/files',
      scope: 'screen:ask',
      action: 'screen.file',
      summary: 'Screen a file of customers or payments',
      description:
        'CSV, JSON lines, a JSON document, Parquet or IVMS101: an upload, or a file of the node. Starts a job; its result names the files with answers, summary and what was refused. Decisions count as they stand now, and so do lists unless `at` says otherwise.',
      tag: 'screening',
      body: Type.Object({ ...Input, ...Frame, columns: Type.Optional(Columns) }, closed),
      answers: { 202: Job },
    },
    async (ask, { body }) => {
      const { setting, language, lists, at, matcher, columns } = body
      checkFrame(at, matcher, ask.now)
      void node.screening.lists.current
      const suppress = await suppressorOf(ask)
      const task = async (id: string): Promise<FileTask> => ({
        inputs: await takeInputs(ask, node, id, given(body)),
        at: ask.now.toISOString(),
        suppress,
        setting: settingOf(setting),
        language: language as Language | undefined,
        lists,
        listsAt: at,
        matcher,
        map: columns as FieldMap | undefined,
      })
      return started(ask, node, body, { kind: 'screen.file', title: 'Screen a file', task })
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/screen/files/again',
      scope: 'screen:ask',
      action: 'screen.file-again',
      summary: 'Ask the questions of an earlier batch again',
      description:
        'Give the `answers.jsonl` of an earlier job. Its result names the files with what changed, and with the answers of now; with `lists` or `at`, of those lists, or as they were then. The setting is that of each earlier answer, unless another is given.',
      tag: 'screening',
      body: Type.Object({ ...Input, setting: Frame.setting, ...WhichLists }, closed),
      answers: { 202: Job },
    },
    async (ask, { body }) => {
      const { setting, lists, at, matcher } = body
      checkFrame(at, matcher, ask.now)
      void node.screening.lists.current
      const suppress = await suppressorOf(ask)
      const task = async (id: string): Promise<FileTask> => ({
        inputs: await takeInputs(ask, node, id, given(body)),
        at: ask.now.toISOString(),
        suppress,
        setting: setting === undefined ? undefined : settingOf(setting),
        lists,
        listsAt: at,
        matcher,
      })
      return started(ask, node, body, { kind: 'screen.file-again', title: 'Screen a file again', task })
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/screen/exposures',
      scope: 'screen:ask',
      action: 'screen.exposure',
      summary: 'Look for listed parties behind what reached a wallet',
      description:
        'Goes back over a ledger of the node, or a live server among its sources: who is listed at the wallet, who of the listed dealt with it, which share of what reached it leads back to them. Starts a job; its result names the document and tells it in words.',
      tag: 'screening',
      body: Type.Object(
        {
          ledger: LedgerKey,
          wallet: text(500),
          parameters: Type.Optional(Parameters),
          live: Type.Optional(LiveInput),
          language: LanguageAsked,
          ...TagsInput,
          label: Type.Optional(LabelInput),
        },
        closed,
      ),
      answers: { 202: Job },
    },
    async (ask, { body }) => {
      void node.screening.lists.current
      const ledger = await chainNamed(ask, node, body.ledger)
      const where = chainTaskOf(ledger, body.live)
      const label = await labelGiven(ask, node.config, body.label)
      ask.detail.question = node.screening.mark({ exposure: body.wallet })
      const job = await startJob(ask, node, {
        kind: 'screen.exposure',
        title: 'Exposure of a wallet',
        subject: { ledger: ledger.key },
        label,
        about: [...aboutOf(ledger), ...(body.tagFiles ?? [])],
        alsoAbout: ({ tagObjects }: WalletExposureTask) => tagObjects,
        task: async (id): Promise<WalletExposureTask> => ({
          ...where,
          ...(await tagsTaken(ask, node, id, body)),
          at: ask.now.toISOString(),
          wallet: body.wallet,
          parameters: withoutUndefined(body.parameters ?? {}),
          language: (body.language ?? 'en') as Language,
        }),
      })
      return answerJob(node, job)
    },
  )
}

async function started(ask: Ask, node: NodeParts, { label, file }: Given, job: Pick<NewJob, 'kind' | 'title' | 'task'>): Promise<Answer> {
  const started = await startJob(ask, node, {
    ...job,
    subject: {},
    label: await labelGiven(ask, node.config, label),
    about: file === undefined ? [] : [file],
  })
  return answerJob(node, started)
}

/** What the job would refuse is refused at once. Throws `screen/other-matcher`, `list/bad-option`. */
function checkFrame(at: string | undefined, matcher: string | undefined, now: Date): void {
  if (matcher !== undefined && matcher !== MATCHER)
    throw new CordonError('screen/other-matcher', `this node matches names as ${MATCHER}, and ${matcher} is asked for`, {
      place: { field: 'matcher' },
      remedy: `Ask a node whose matcher is ${matcher}, or leave it off.`,
    })
  if (at !== undefined && Date.parse(at) > now.getTime())
    throw new CordonError('list/bad-option', `${at} is to come`, {
      place: { field: 'at' },
      remedy: 'Leave it off to ask of the lists as they are.',
    })
}

/** One file. Throws `node/bad-request` for two; none is told by whoever takes them. */
function given({ upload, file }: Given): { uploads: string[]; files: string[] } {
  if (upload !== undefined && file !== undefined)
    throw new CordonError('node/bad-request', 'upload and file: one of them is wanted', {
      remedy: 'Name either an upload or a file of the node.',
    })
  return { uploads: upload === undefined ? [] : [upload], files: file === undefined ? [] : [file] }
}

function withoutUndefined(parameters: Static<typeof Parameters>): Partial<ExposureParameters> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined))
}
