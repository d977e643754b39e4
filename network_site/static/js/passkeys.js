/* Passkeys and security keys: one small file in place of the three that allauth loads.
   A button data-passkey="login|answer|create" asks the browser for its key and sends its
   form, whose field "credential" holds the answer. What the browser needs to know is asked
   from the site (login) or stands in the page (#passkey-options). Without script, or in a
   browser that has no keys, what is marked data-passkey-without shows instead. */
(function () {
  'use strict'
  const all = name => document.querySelectorAll('[' + name + ']')
  if (!window.PublicKeyCredential) return
  for (const words of all('data-passkey-without')) words.hidden = true

  const bytes = text => {
    const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
    return Uint8Array.from(plain, sign => sign.charCodeAt(0))
  }
  const words = buffer => buffer
    ? btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
    : null

  function packed (key, names) {
    const response = {}
    for (const name of names) response[name] = words(key.response[name])
    return {
      type: key.type,
      id: key.id,
      rawId: words(key.rawId),
      authenticatorAttachment: key.authenticatorAttachment,
      response,
      clientExtensionResults: key.getClientExtensionResults()
    }
  }

  async function answer (options) {
    options.challenge = bytes(options.challenge)
    for (const one of options.allowCredentials || []) one.id = bytes(one.id)
    const key = await navigator.credentials.get({ publicKey: options })
    return packed(key, ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'])
  }

  async function create (options, form) {
    const isEnough = form.elements.passwordless && form.elements.passwordless.checked
    options.challenge = bytes(options.challenge)
    options.user.id = bytes(options.user.id)
    for (const one of options.excludeCredentials || []) one.id = bytes(one.id)
    options.authenticatorSelection = {
      ...options.authenticatorSelection,
      residentKey: isEnough ? 'required' : 'discouraged',
      requireResidentKey: isEnough,
      ...(isEnough ? { userVerification: 'required' } : {})
    }
    const key = await navigator.credentials.create({ publicKey: options })
    const sent = packed(key, ['clientDataJSON', 'attestationObject'])
    sent.response.transports = key.response.getTransports ? key.response.getTransports() : []
    return sent
  }

  const inPage = name =>
    JSON.parse(document.getElementById('passkey-options').textContent)[name].publicKey

  async function ask (kind, form) {
    if (kind === 'create') return create(inPage('creation_options'), form)
    if (kind === 'answer') return answer(inPage('request_options'))
    const response = await fetch(form.action, { headers: { Accept: 'application/json' } })
    if (!response.ok) throw new Error('HTTP ' + response.status)
    const { request_options: options } = await response.json()
    return answer(options.publicKey)
  }

  for (const button of all('data-passkey')) {
    const form = button.form
    button.hidden = false
    button.addEventListener('click', async event => {
      event.preventDefault()
      const excuse = document.getElementById(button.dataset.excuse)
      if (excuse) excuse.hidden = true
      try {
        form.elements.credential.value = JSON.stringify(await ask(button.dataset.passkey, form))
      } catch (error) {
        // Given up in the browser's own window, refused by the key, or no network.
        if (excuse) excuse.hidden = false
        return
      }
      form.submit()
    })
  }
})()
