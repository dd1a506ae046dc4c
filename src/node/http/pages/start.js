const me = await whoAmI().catch(() => null)
if (me !== null) {
  element('who').textContent = `${me.name}, ${me.organisation}${me.roles.length > 0 ? `: ${me.roles.join(', ')}` : ''}`
  element('in').hidden = false
  element('out').hidden = true
}
on(element('sign-out'), 'click', async () => {
  await ask('POST', '/sign-out')
  location.reload()
})
