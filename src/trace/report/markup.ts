import { escapeMarkup } from './text.ts'

/** HTML that is safe to put into a page as it is. Made by `html` only. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

export type Content = Html | string | number | null | readonly Content[]

/** HTML from a template: whatever is put in is escaped, unless it is itself `Html`; lists are joined, null is nothing. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  let text = parts[0] as string
  for (let i = 0; i < contents.length; i++) text += render(contents[i] as Content) + (parts[i + 1] as string)
  return new Html(text)
}

export const NOTHING = new Html('')

function render(content: Content): string {
  if (content === null) return ''
  if (content instanceof Html) return content.text
  if (typeof content === 'object') return content.map(render).join('')
  return escapeMarkup(String(content))
}

export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => Content
  readonly kind?: 'number' | 'address' | 'time' | 'text'
}

/**
 * A table with a caption, headings, and the first `limit` rows; a last line says how many more there are, so that nothing is cut in silence.
 * It scrolls sideways by itself on narrow screens.
 */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  limit: number,
  rest?: (left: readonly Row[]) => Content,
): Html {
  const shown = rows.slice(0, limit)
  const left = rows.slice(limit)
  const more =
    left.length === 0
      ? NOTHING
      : html`<tfoot><tr><td colspan="${columns.length}">and ${left.length} more, all in the trace document${rest === undefined ? null : html`: ${rest(left)}`}</td></tr></tfoot>`
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${classOf(column.kind)}>${column.title}</th>`)}</tr></thead>
<tbody>${shown.map((row) => html`<tr>${columns.map((column) => html`<td${classOf(column.kind)}>${column.cell(row)}</td>`)}</tr>\n`)}</tbody>${more}
</table></div>`
}

function classOf(kind: string | undefined): Html {
  return kind === undefined || kind === 'text' ? NOTHING : html` class="${kind}"`
}
