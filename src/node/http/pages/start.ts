import { escapeHtml, file, makePage, type Page } from './page.ts'

const SCRIPT = file('start.js')

/** `/`: what is where. */
export function startPage(home: string): Page {
  return makePage({
    title: home,
    script: SCRIPT,
    body: `<h1>Cordon</h1>
<p>${escapeHtml(home)}</p>
<dl>
<div><dt><a href="/docs">The interface</a></dt><dd>every door of this node, to browse</dd></div>
<div><dt><a href="/openapi.json">openapi.json</a></dt><dd>the same for machines: OpenAPI 3.1</dd></div>
<div><dt>/api/v1</dt><dd>where the doors are; send <code>Authorization: Bearer</code> with an API key</dd></div>
</dl>
<section id="out"><a class="button" href="/sign-in">Sign in</a></section>
<section id="in" hidden>
<p id="who"></p>
<button id="sign-out" type="button" class="other">Sign out</button>
</section>
<p id="problem" role="alert"></p>`,
  })
}
