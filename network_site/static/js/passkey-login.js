/* Logging in with a passkey: one small file in place of the three that allauth loads.
   Shows its button (nothing it could do without script), asks the site for a challenge,
   the browser for its answer, and sends the form. */
(function () {
  'use strict'
  const button = document.getElementById('passkey_login')
  const field = document.getElementById('mfa_credential')
  if (!button || !field || !window.PublicKeyCredential) return

  const bytes = text => {
    const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
    return Uint8Array.from(plain, sign => sign.charCodeAt(0))
  }
  const words = buffer => buffer
    ? btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
    : null

  async function answer (options) {
    options.challenge = bytes(options.challenge)
    for (const one of options.allowCredentials || []) one.id = bytes(one.id)
    const key = await navigator.credentials.get({ publicKey: options })
    return {
      type: key.type,
      id: key.id,
      rawId: words(key.rawId),
      authenticatorAttachment: key.authenticatorAttachment,
      response: {
        clientDataJSON: words(key.response.clientDataJSON),
        authenticatorData: words(key.response.authenticatorData),
        signature: words(key.response.signature),
        userHandle: words(key.response.userHandle)
      },
      clientExtensionResults: key.getClientExtensionResults()
    }
  }

  button.hidden = false
  button.addEventListener('click', async event => {
    event.preventDefault()
    try {
      const response = await fetch(button.form.action, { headers: { Accept: 'application/json' } })
      if (!response.ok) return
      const { request_options: options } = await response.json()
      field.value = JSON.stringify(await answer(options.publicKey))
    } catch (error) {
      // Given up in the browser's own window: the password and the code remain.
      if (error.name === 'NotAllowedError' || error.name === 'AbortError') return
      throw error
    }
    button.form.submit()
  })
})()
