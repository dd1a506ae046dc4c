import type { SimulateReport } from './simulate.ts'

/** `README.txt` of a world: what lies where, for whoever finds the directory later. */
export function readme(report: SimulateReport): string {
  const { transfers, seed, thefts, fileFormat } = report
  return `A simulated chain: ${transfers} transfers from seed ${seed}. Nothing in it exists.

token_transfers/  the chain, as ethereum-etl writes it (with block_timestamp), in chain order (block_number, log_index)
tokens.csv        the assets, as ethereum-etl writes tokens
tags/             what the public knows: TagPacks and an ActorPack. No deposit address is tagged, nor is every service
seeds/            where each theft begins, one address a line
truth.json        thefts with their true flows, swaps, cash-outs and hoards; exchanges and services
truth/            deposits.${fileFormat}: every deposit address; poisoning.${fileFormat}: every look-alike address
world.json        counts

Ether moves as its wrapped token, so that token transfers tell the whole story. Fees are left out. Value is minted from the null
address. A transfer of nothing in another's name, dust, and fake tokens are address poisoning.

Thefts:
${thefts.map((t) => `  ${t.name}: ${t.accounts} accounts, ${t.flows} flows, ${t.cashOuts} cash-outs; ${t.patterns.join(', ')}`).join('\n')}
`
}
