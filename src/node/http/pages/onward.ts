import { escapeHtml, makePage, type Page } from './page.ts'

/** Goes on by itself to a path of this node: from here the session's cookie is sent, which it is not along a redirect from another site. */
export function onwardPage(path: string): Page {
  return makePage({
    title: 'Signed in',
    head: `<meta http-equiv="refresh" content="0; url=${escapeHtml(path)}">\n`,
    body: `<h1>You are signed in</h1>
<p>If nothing happens, <a href="${escapeHtml(path)}">go on</a>.</p>`,
  })
}

/** The same for whoever an identity provider did not bring in, whatever the reason: the record has it. */
export function refusedPage(): Page {
  return makePage({
    title: 'Not signed in',
    body: `<h1>That did not sign you in</h1>
<p>Try again from this browser. If it stays so, ask an administrator whether you are known here.</p>
<a class="button" href="/sign-in">Back to the ways in</a>`,
  })
}
