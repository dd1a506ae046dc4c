import type { CaseAccount } from './roles.ts'

/** TagPacks of a laid case: simulated hot wallets, and the labels by which the public knows the case's services. */
export function laidTags(
  exchanges: readonly { readonly name: string; readonly hots: readonly string[] }[],
  accounts: readonly CaseAccount[],
): { readonly file: string; readonly text: string }[] {
  const hots = exchanges.flatMap(({ name, hots }) =>
    hots.map((hot, i) => tag(hot, `${name} simulated hot wallet ${i + 1}`, 'exchange', `sim_${slug(name)}`)),
  )
  const hubs = accounts.filter((a) => a.role === 'hub' && a.public).map((a) => tag(a.address, a.label, conceptOf(a.label), slug(a.label)))
  return [
    { file: 'simulated-hot-wallets.yaml', text: header('Hot wallets of simulated exchanges', 'service_data') + hots.join('') },
    { file: 'case-labels.yaml', text: header('Public labels of the services in the case', 'web_crawl') + hubs.join('') },
  ]
}

function conceptOf(label: string): string {
  if (/bridge|thorchain/i.test(label)) return 'defi_bridge'
  if (/router/i.test(label)) return 'defi_dex'
  return 'exchange'
}

function slug(label: string): string {
  return label
    .toLowerCase()
    .split(/[ _:]/)[0]!
    .replaceAll(/[^a-z0-9]+/g, '_')
}

function tag(address: string, label: string, concept: string, actor: string): string {
  return `- address: '${address}'\n  label: ${JSON.stringify(label)}\n  actor: ${actor}\n  concepts:\n  - ${concept}\n`
}

function header(title: string, confidence: string): string {
  return `title: ${title}\ncreator: Cordon simulator\nsource: https://simulated.invalid/\nconfidence: ${confidence}\ncurrency: ETH\nnetwork: ETH\nlastmod: 2023-04-08\ntags:\n`
}
