export { flowsCsv } from './csv.ts'
export { toGexf } from './gexf.ts'
export { renderReport } from './page.ts'
