/* What is typed in a form stays in this browser until it is sent, and is offered back.
   One list of versions a form and a person: [{token, at, values}], the newest first.
   Without script the forms work as they always did. */
(function () {
  'use strict'
  const PREFIX = 'draft:'
  const MOST = 3
  const LONGEST = 30 * 24 * 3600 * 1000
  const WAIT = 400

  function read (key) {
    try {
      const list = JSON.parse(localStorage.getItem(key)) || []
      return list.filter(one => Date.now() - one.at < LONGEST)
    } catch (error) { return [] }
  }

  function write (key, list) {
    try {
      if (list.length) localStorage.setItem(key, JSON.stringify(list.slice(0, MOST)))
      else localStorage.removeItem(key)
    } catch (error) { /* No room, or storage is off: the form still works. */ }
  }

  function keys () {
    try { return Object.keys(localStorage).filter(key => key.startsWith(PREFIX)) } catch (error) { return [] }
  }

  function drop (tokens) {
    for (const key of keys()) write(key, read(key).filter(one => !tokens.includes(one.token)))
  }

  function fields (form) {
    return [...form.elements].filter(one => one.name && !['hidden', 'file', 'password', 'submit', 'button'].includes(one.type))
  }

  function valuesOf (form) {
    const values = {}
    for (const one of fields(form)) {
      values[one.name] = values[one.name] || []
      if (one.type === 'checkbox' || one.type === 'radio') { if (one.checked) values[one.name].push(one.value) } else if (one.multiple) values[one.name].push(...[...one.selectedOptions].map(option => option.value))
      else values[one.name].push(one.value.replace(/\r\n/g, '\n'))
    }
    return values
  }

  function fill (form, values) {
    const left = JSON.parse(JSON.stringify(values))
    for (const one of fields(form)) {
      const own = left[one.name]
      if (!own) continue
      if (one.type === 'checkbox' || one.type === 'radio') one.checked = own.includes(one.value)
      else if (one.multiple) for (const option of one.options) option.selected = own.includes(option.value)
      else if (own.length) one.value = own.shift()
      one.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }

  function hasWords (form, values) {
    return fields(form).some(one => ['text', 'textarea', 'search', 'url', 'email'].includes(one.type) && (values[one.name] || []).some(value => value.trim()))
  }

  function dress (notice) {
    const form = notice.closest('form')
    const key = PREFIX + notice.dataset.draft
    const token = notice.dataset.token
    const offline = form.querySelector('[data-draft-offline]')
    const start = JSON.stringify(valuesOf(form))
    const isTyped = 'typed' in notice.dataset
    let timer = 0
    let leaving = false
    let offered = null

    function isDirty () { return isTyped || JSON.stringify(valuesOf(form)) !== start }

    function keep () {
      clearTimeout(timer)
      const others = read(key).filter(one => one.token !== token)
      const values = valuesOf(form)
      write(key, isDirty() && hasWords(form, values) ? [{ token, at: Date.now(), values }, ...others] : others)
    }

    // As the site says it: « 30 novembre 2026, 9 h 05 ».
    function said (moment) {
      const lang = document.documentElement.lang
      const hour = moment.toLocaleTimeString(lang, { timeStyle: 'short' })
      return moment.toLocaleDateString(lang, { dateStyle: 'long' }) + ', ' + (lang === 'fr' ? hour.replace(/^0/, '').replace(':', '\u00a0h\u00a0') : hour)
    }

    function offer () {
      const now = JSON.stringify(valuesOf(form))
      offered = read(key).find(one => JSON.stringify(one.values) !== now && hasWords(form, one.values)) || null
      notice.hidden = !offered
      if (offered) notice.querySelector('[data-draft-at]').textContent = said(new Date(offered.at))
    }

    notice.querySelector('[data-draft-take]').addEventListener('click', function () {
      fill(form, offered.values)
      if (offered.token !== token) drop([offered.token])
      keep()
      notice.hidden = true
      const first = form.querySelector('textarea')
      if (first) first.focus()
    })
    notice.querySelector('[data-draft-drop]').addEventListener('click', function () {
      drop([offered.token])
      offer()
    })
    form.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(keep, WAIT) })
    form.addEventListener('submit', function (event) {
      keep()
      if (navigator.onLine === false) {
        event.preventDefault()
        offline.hidden = false
        offline.scrollIntoView({ block: 'nearest' })
      } else leaving = true
    })
    for (const link of form.querySelectorAll('[data-draft-leave]')) {
      link.addEventListener('click', function () { leaving = true; clearTimeout(timer); drop([token]) })
    }
    addEventListener('beforeunload', function (event) {
      if (leaving || !isDirty() || !hasWords(form, valuesOf(form))) return
      keep()
      event.preventDefault()
    })
    addEventListener('pagehide', function () { if (!leaving) keep() })
    addEventListener('pageshow', function (event) { if (event.persisted) leaving = false })
    addEventListener('online', function () { offline.hidden = true })
    offer()
  }

  for (const one of document.querySelectorAll('[data-sent]')) drop(one.dataset.sent.split(' '))
  document.querySelectorAll('[data-draft]').forEach(dress)
  // Whoever logs out leaves nothing behind.
  for (const form of document.querySelectorAll('[data-draft-forget]')) {
    form.addEventListener('submit', function () { for (const key of keys()) write(key, []) })
  }
})()
