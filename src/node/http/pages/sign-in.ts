import { escapeHtml, file, makePage, type Page } from './page.ts'

/** What pages say of a node: its organisation's name and the ways in. */
export type Ways = {
  readonly home: string
  readonly passwords: boolean
  /** The origin at which passkeys work; null where they are not offered. */
  readonly passkeys: string | null
  /** Ids of identity providers. */
  readonly providers: readonly string[]
}

const SCRIPT = file('sign-in.js')
const NEEDS_SCRIPT = '<noscript><p role="alert">This page needs JavaScript.</p></noscript>'

/** `/sign-in`. */
export function signInPage({ home, passwords, passkeys, providers }: Ways): Page {
  const parts = [
    ...(passwords
      ? [
          `<form id="password-form" method="post">
<label>Login<input id="login" name="login" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="254" required autofocus></label>
<label>Password<input id="password" name="password" type="password" autocomplete="current-password" maxlength="4096" required></label>
<button>Sign in</button>
</form>`,
        ]
      : []),
    ...(passkeys === null ? [] : [passkeyPart('Sign in with a passkey')]),
    ...(providers.length === 0 ? [] : [providersPart(providers, 'Sign in with')]),
  ]
  return makePage({
    title: 'Sign in',
    script: SCRIPT,
    body: `<h1>Sign in</h1>
<p>${escapeHtml(home)}</p>
${NEEDS_SCRIPT}
<div class="ways"${passkeys === null ? '' : ` data-passkeys="${escapeHtml(passkeys)}"`}>
${parts.length === 0 ? '<p>No way to sign in is switched on. The operator finds it under <code>signIn</code> in the configuration.</p>' : parts.join('\n')}
</div>
<p id="problem" role="alert"></p>
<p id="signed-in" role="status"></p>`,
  })
}

/** A button for passkeys; the script shows it where they work. */
export function passkeyPart(text: string): string {
  return `<section id="passkey-part" hidden>
<button id="passkey" type="button" class="other">${text}</button>
<p id="passkey-elsewhere" hidden>Passkeys work at the name of this node: <a>open this page there</a>.</p>
</section>`
}

/** A button for each identity provider. */
export function providersPart(providers: readonly string[], text: string): string {
  return `<section id="providers">
${providers.map((id) => `<button type="button" class="other" data-provider="${escapeHtml(id)}">${text} ${escapeHtml(id)}</button>`).join('\n')}
</section>`
}
