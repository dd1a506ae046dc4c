const element = (id) => document.getElementById(id)

/** Value that every changing request of a session carries; null where nobody is signed in. */
let csrf = null

/** Asks the node. Throws an Error with its text for people. */
async function ask(method, path, body) {
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...(csrf !== null && { 'x-cordon-csrf': csrf }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const answer = response.status === 204 ? null : await response.json()
  if (response.ok) {
    const renewed = answer?.csrf ?? answer?.session?.csrf
    if (renewed) csrf = renewed
    return answer
  }
  throw Object.assign(new Error([answer.detail ?? answer.title, answer.remedy].filter(Boolean).map(sentence).join(' ')), {
    status: response.status,
  })
}

function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`
}

/** Who is signed in, or null. */
async function whoAmI() {
  try {
    return await ask('GET', '/me')
  } catch (error) {
    if (error.status === 401) return null
    throw error
  }
}

/** Does something when a form is sent or a button pressed; meanwhile nothing can be pressed twice, and what fails is said. */
function on(target, event, work) {
  target.addEventListener(event, async (happened) => {
    happened.preventDefault()
    const focused = document.activeElement
    const buttons = [...document.querySelectorAll('button')]
    for (const button of buttons) button.disabled = true
    element('problem').textContent = ''
    try {
      await work()
    } catch (error) {
      element('problem').textContent = error.name === 'NotAllowedError' ? 'No passkey was used.' : error.message
    } finally {
      for (const button of buttons) button.disabled = false
      if (document.activeElement === document.body) focused?.focus()
    }
  })
}

/** Shows the button for passkeys where they work: in a browser that knows them, at the name to which they are bound. */
function offerPasskeys() {
  const { passkeys } = document.querySelector('main > [data-passkeys]')?.dataset ?? {}
  if (!passkeys || !window.PublicKeyCredential?.parseRequestOptionsFromJSON) return
  const site = new URL(passkeys)
  element('passkey-part').hidden = false
  if (site.origin === location.origin) return
  site.pathname = location.pathname
  site.hash = location.hash
  element('passkey').hidden = true
  element('passkey-elsewhere').hidden = false
  element('passkey-elsewhere').querySelector('a').href = site.href
}

Object.assign(globalThis, { ask, element, offerPasskeys, on, whoAmI })
