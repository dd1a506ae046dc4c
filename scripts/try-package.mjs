/** Packs the package as it would be published, unpacks it elsewhere, and does the main job with it: the built files must work without the sources. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const work = mkdtempSync(join(tmpdir(), 'cordon-package-'))
const shell = process.platform === 'win32'
const output = (program, args, cwd) => execFileSync(program, args, { cwd, encoding: 'utf8', shell, stdio: ['ignore', 'pipe', 'inherit'] })

try {
  const [{ filename }] = Object.values(
    JSON.parse(output('npm', ['pack', '--silent', '--json', '--ignore-scripts', '--pack-destination', work], root)),
  )
  output('tar', ['-xzf', filename], work)
  renameSync(join(work, 'package'), join(work, 'cordon'))
  if (existsSync(join(work, 'cordon/src'))) throw new Error('the package holds the sources: then the built files are not what runs')
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'), 'junction')
  const cordon = (...args) => output(process.execPath, [join(work, 'cordon/bin/cordon.mjs'), ...args], work)
  cordon('simulate', '--transfers', '3000', '--seed', '2', '--out', 'world')
  cordon('ledger', 'import', 'world/token_transfers', '--ledger', 'ledger')
  const files = ['--out', 'trace.json', '--report', 'trace.html', '--flows', 'flows.csv', '--graph', 'graph.gexf']
  cordon('trace', '--ledger', 'ledger', '--seeds', 'world/seeds/theft-01.csv', '--tags', 'world/tags', ...files)
  cordon('trace', 'verify', 'trace.json', '--ledger', 'ledger', '--tags', 'world/tags')
  const rooms = ['chain', 'ledger', 'attribution', 'trace'].map((room) => `import 'cordon/${room}'`).join('\n')
  output(process.execPath, ['--input-type=module', '--eval', rooms], join(work, 'cordon'))
  process.stdout.write('the package works without its sources\n')
} finally {
  rmSync(work, { recursive: true, force: true })
}
