/** Builds `dist/`: JavaScript and declarations from `src/`, and the other files that the sources read (schemas, styles). Then checks and tries the package. */
import { cpSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { start } from '../bin/start.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const tool = (...args) => start(process.execPath, args, { cwd: root })

rmSync(join(root, 'dist'), { recursive: true, force: true })
const compiled = await tool('node_modules/@typescript/native/bin/tsc', '--project', 'tsconfig.build.json')
if (compiled === 0) {
  cpSync(join(root, 'src'), join(root, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.ts') })
  const sound = await tool('node_modules/publint/src/cli.js', '--strict')
  process.exitCode = sound === 0 ? await tool('scripts/try-package.mjs') : sound
} else {
  process.exitCode = compiled
}
