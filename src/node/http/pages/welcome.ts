import { SHORTEST_PASSWORD } from '../../people/password-rules.ts'
import { escapeHtml, file, makePage, type Page } from './page.ts'
import { passkeyPart, providersPart, type Ways } from './sign-in.ts'

const SCRIPT = file('welcome.js')

/** `/welcome`: where one-time links lead. What they open stands in the fragment, which no server and no log sees until the page posts it. */
export function welcomePage({ home, passwords, passkeys, providers }: Ways): Page {
  return makePage({
    title: 'Welcome',
    script: SCRIPT,
    body: `<h1>Welcome to Cordon</h1>
<p>${escapeHtml(home)}</p>
<noscript><p role="alert">This page needs JavaScript.</p></noscript>
<p id="wait">One moment …</p>
<p id="who"></p>
<form id="form" method="post" hidden${passkeys === null ? '' : ` data-passkeys="${escapeHtml(passkeys)}"`}>
<label id="name-part" hidden>Your name<input id="name" name="name" autocomplete="name" maxlength="200"></label>
${
  passwords
    ? `<label>Login<small>your mail address or a short name</small><input id="login" name="login" autocomplete="username" autocapitalize="none" spellcheck="false" minlength="3" maxlength="254" required></label>
<label>Password<small>at least ${SHORTEST_PASSWORD} characters that nobody would guess, such as five unrelated words</small><input id="password" name="password" type="password" autocomplete="new-password" minlength="${SHORTEST_PASSWORD}" maxlength="256" required></label>
<label>Password, again<input id="again" name="again" type="password" autocomplete="new-password" maxlength="256" required></label>
<button>Set the password</button>`
    : ''
}
${passkeys === null ? '' : passkeyPart('Use a passkey instead')}
${providers.length === 0 ? '' : providersPart(providers, 'Use your account at')}
</form>
<p id="problem" role="alert"></p>
<section id="done" hidden>
<p role="status">That is how you sign in from now on.</p>
<a class="button" href="/">Go on</a>
</section>`,
  })
}
