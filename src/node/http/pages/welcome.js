const token = location.hash.slice(1)
let opened = false

offerPasskeys()
await begin().catch((error) => {
  element('problem').textContent = error.message
  element('wait').hidden = true
})

/** Shows for whom the link is. Whoever used it a moment ago, and has not set up anything yet, goes on in the session that it opened. */
async function begin() {
  const me = await whoAmI()
  try {
    if (!/^[\w-]{43}$/.test(token)) throw new Error('The link is not whole: open all of it, also what stands behind the #.')
    const link = await ask('POST', '/welcome/link', { token })
    show(link.name, link.login)
  } catch (error) {
    const current = me && (await ask('GET', '/me/sessions')).items.find((session) => session.current)
    if (current?.how !== 'link') throw error
    opened = true
    show(me.name, null)
  }
}

function show(name, login) {
  element('wait').hidden = true
  element('form').hidden = false
  if (name === null) {
    element('who').textContent = 'You are the first administrator of this node. Say who you are, and how you will sign in from now on.'
    element('name-part').hidden = false
    element('name').required = true
    element('name').focus()
    return
  }
  element('who').textContent = `Welcome, ${name}. Choose how you will sign in from now on.`
  if (login !== null && element('login')) element('login').value = login
  element('login')?.focus()
}

/** Uses the link up, once; what fails afterwards is tried again in the session that it opened. */
async function open(email) {
  if (opened) return
  if (element('name').required && element('name').value.trim() === '') {
    element('name').focus()
    throw new Error('Say your name first.')
  }
  await ask('POST', '/welcome', { token, name: element('name').value, email })
  opened = true
  history.replaceState(null, '', location.pathname)
}

if (element('password'))
  on(element('form'), 'submit', async () => {
    const login = element('login').value.trim()
    const password = element('password').value
    if (password !== element('again').value) {
      element('again').focus()
      throw new Error('The two passwords are not the same.')
    }
    await open(/^[^\s@]+@[^\s@]+$/.test(login) ? login : null)
    await ask('PUT', '/me/password', { login, password })
    done()
  })

if (element('passkey'))
  on(element('passkey'), 'click', async () => {
    await open(null)
    const options = await ask('POST', '/me/passkeys/options')
    const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    await ask('POST', '/me/passkeys', { credential: credential.toJSON(), name: 'first passkey' })
    done()
  })

for (const button of document.querySelectorAll('button[data-provider]'))
  on(button, 'click', async () => {
    await open(null)
    const { url } = await ask('POST', `/sign-in/oidc/${button.dataset.provider}`, { returnTo: '/' })
    location.assign(url)
  })

function done() {
  element('form').hidden = true
  element('passkey-part')?.remove()
  element('providers')?.remove()
  element('who').textContent = ''
  element('done').hidden = false
  element('done').querySelector('a').focus()
}
