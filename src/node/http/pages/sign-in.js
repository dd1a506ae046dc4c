const wanted = new URL(new URLSearchParams(location.search).get('to') ?? '/', location.origin)
const goOn = () => location.assign(wanted.origin === location.origin ? wanted.href : '/')

offerPasskeys()
// Whoever is signed in already may change to another account; his requests carry his value.
const me = await whoAmI().catch(() => null)
if (me !== null) element('signed-in').textContent = `You are signed in as ${me.name}.`

if (element('password-form'))
  on(element('password-form'), 'submit', async () => {
    try {
      await ask('POST', '/sign-in/password', { login: element('login').value, password: element('password').value })
    } catch (error) {
      element('password').value = ''
      element('password').focus()
      throw error
    }
    goOn()
  })

if (element('passkey'))
  on(element('passkey'), 'click', async () => {
    const options = await ask('POST', '/sign-in/passkey/options')
    const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
    await ask('POST', '/sign-in/passkey', { credential: credential.toJSON() })
    goOn()
  })

for (const button of document.querySelectorAll('button[data-provider]'))
  on(button, 'click', async () => {
    const returnTo = wanted.origin === location.origin ? `${wanted.pathname}${wanted.search}` : '/'
    const { url } = await ask('POST', `/sign-in/oidc/${button.dataset.provider}`, { returnTo })
    location.assign(url)
  })
