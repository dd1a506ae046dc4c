import type { Command } from 'commander'
import type { HeistCase } from '../../cases/index.ts'
import { command, perform, type Session } from '../command.ts'
import { printable } from '../text.ts'
import { registerOption } from './heists-list.ts'

interface Options {
  register?: string
  seeds?: string | true
}

/** `cordon heists show`: everything that is claimed of a theft; or the seeds of a trace. */
export function heistsShow(session: Session): Command {
  return perform<Options>(
    registerOption(
      command('show', 'show what is claimed of a theft, by whom and from which source; or the seeds of a trace', [
        'cordon heists show bybit-2025',
        'cordon heists show ronin-2022 --seeds eip155:1 > ronin.seeds',
        'cordon trace --ledger eth --seeds ronin.seeds --out ronin.json',
      ])
        .argument('<id>', 'the theft, as `cordon heists list` names it')
        .option(
          '--seeds [chain]',
          'write its seeds on a chain (CAIP-2; may be left off where there is but one) as `cordon trace --seeds` reads them',
        ),
    ),
    session,
    async ({ register: file, seeds }, [id]) => {
      const { contested, heistCase, heistNamed, heistSeeds, heistSeedText, loadRegister, seedChainAsked, seedChains, standingOf } =
        await import('../../cases/index.ts')
      const register = await loadRegister(...(file === undefined ? [] : [file]))
      const heist = heistNamed(register, id as string)
      if (seeds !== undefined) {
        const chain = seedChainAsked(heist, seeds === true ? undefined : seeds)
        const text = heistSeedText(register, heist, chain).trimEnd()
        return {
          value: { heist: heist.id, chain, register: register.digest, seeds: heistSeeds(heist, chain), text, note: heist.seedsNote },
          text,
        }
      }
      const { claims, denials } = heistCase(register, heist)
      const doubt = contested(heist)
      return {
        value: {
          register: register.digest,
          ...heist,
          standing: standingOf(heist),
          contested: doubt,
          seedChains: seedChains(heist),
          denials: register.denials.filter((denial) => heist.denials.includes(denial.id)),
        },
        text: [
          `${heist.victim} (${heist.id}), ${heist.kind}`,
          `Attribution: ${standingOf(heist)}${doubt === null ? '' : `; ${doubt}`}`,
          '',
          'What is claimed:',
          ...claims.map(claimLine),
          ...(denials.length === 0
            ? []
            : ['', 'What is said against it:', ...denials.map(({ body }) => `  ${body.by}: ${body.says} [${body.source.title}]`)]),
          '',
          `Seeds: ${seedChains(heist).join(', ') || 'none'}${heist.seedsNote === null ? '' : `. ${heist.seedsNote}`}`,
          ...(heist.note === null ? [] : [heist.note]),
          `Register of ${register.asOf.text}, SHA-256 ${register.digest}.`,
        ]
          .map(printable)
          .join('\n'),
      }
    },
  )
}

function claimLine({ about, claimant, says, when, confidence, source }: HeistCase['claims'][number]): string {
  const how = [confidence, when].filter((part) => part !== null).join(', ')
  return `  ${about.padEnd(11)}  ${claimant}${how === '' ? '' : ` (${how})`}: ${says} [${source.title}]`
}
