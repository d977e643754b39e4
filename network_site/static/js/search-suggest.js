/* Suggestions under the search boxes: a combobox with a list (WAI-ARIA APG).
   Without script, or when the site does not answer, the box works as it always did. */
(function () {
  'use strict'
  const WAIT = 140
  const SHORTEST = 2
  let boxes = 0

  function element (name, attributes, text) {
    const made = document.createElement(name)
    for (const key in attributes) made.setAttribute(key, attributes[key])
    if (text) made.textContent = text
    return made
  }

  function dress (form) {
    const input = form.querySelector('input[name="q"], input[data-suggested]')
    if (!input) return
    const id = 'suggest-' + (++boxes)
    const list = element('ul', { id, class: 'suggest', role: 'listbox', 'aria-label': form.dataset.suggestLabel || '' })
    const status = element('p', { class: 'vh', role: 'status' })
    const known = new Map()
    let options = []
    let active = -1
    let timer = 0
    let request = null
    let asked = ''

    list.hidden = true
    form.append(list, status)
    // A searchbox may not be a combobox: it becomes a plain text field that looks the same.
    input.type = 'text'
    input.setAttribute('enterkeyhint', 'search')
    input.setAttribute('role', 'combobox')
    input.setAttribute('aria-autocomplete', 'list')
    input.setAttribute('aria-expanded', 'false')
    input.setAttribute('aria-controls', id)
    input.setAttribute('autocomplete', 'off')
    input.setAttribute('spellcheck', 'false')

    const isOpen = () => !list.hidden

    function close () {
      list.hidden = true
      // Emptied, so that the same words are said again when the list comes back.
      status.textContent = ''
      input.setAttribute('aria-expanded', 'false')
      mark(-1)
    }

    function forget () {
      clearTimeout(timer)
      if (request) request.abort()
      request = null
    }

    function mark (rank) {
      if (options[active]) options[active].setAttribute('aria-selected', 'false')
      active = rank
      const option = options[rank]
      if (option) {
        option.setAttribute('aria-selected', 'true')
        option.scrollIntoView({ block: 'nearest' })
        input.setAttribute('aria-activedescendant', option.id)
      } else input.removeAttribute('aria-activedescendant')
    }

    function line (one, rank) {
      const option = element('li', { id: id + '-' + rank, role: 'option', 'aria-selected': 'false' })
      option.dataset.url = one.url
      if (one.svg) option.insertAdjacentHTML('beforeend', one.svg)
      const words = element('span', {}, one.title)
      const said = [one.note, one.kind].filter(Boolean).join(' · ')
      if (said) words.append(' ', element('small', {}, said))
      option.append(words)
      return option
    }

    function show (answer) {
      const lines = answer.suggestions.map(one => ({ ...one, svg: answer.marks[one.mark] }))
      mark(-1)
      list.replaceChildren()
      options = []
      if (!lines.length) {
        close()
        status.textContent = answer.status
        return
      }
      status.textContent = answer.status
      options = [...lines, answer.all].map(line)
      options[options.length - 1].className = 'all'
      list.append(...options)
      list.hidden = false
      input.setAttribute('aria-expanded', 'true')
    }

    async function ask (text) {
      forget()
      asked = text
      if (known.has(text)) return show(known.get(text))
      request = new AbortController()
      const signal = request.signal
      try {
        const response = await fetch(form.dataset.suggest + '?q=' + encodeURIComponent(text), { signal, headers: { Accept: 'application/json' } })
        if (!response.ok) return close()
        const answer = await response.json()
        known.set(text, answer)
        // What was typed since then is what counts, and so does having left the box.
        if (asked === text && !signal.aborted && document.activeElement === input) show(answer)
      } catch (error) {
        if (error.name !== 'AbortError') close()
      }
    }

    function typed () {
      forget()
      const text = input.value.trim()
      asked = text
      if (text.length < SHORTEST) return close()
      timer = setTimeout(ask, WAIT, text)
    }

    input.addEventListener('input', event => { if (!event.isComposing) typed() })
    input.addEventListener('compositionend', typed)
    input.addEventListener('blur', () => { forget(); close() })
    input.addEventListener('keydown', event => {
      if (event.isComposing) return
      const down = event.key === 'ArrowDown'
      if (down || event.key === 'ArrowUp') {
        if (!isOpen()) {
          const text = input.value.trim()
          if (down && text.length >= SHORTEST) { event.preventDefault(); ask(text) }
          return
        }
        event.preventDefault()
        // Past either end one is back in the box itself.
        const places = options.length + 1
        mark((active + 1 + (down ? 1 : places - 1)) % places - 1)
      } else if (event.key === 'Escape') {
        forget()
        if (isOpen()) { event.preventDefault(); close() } else if (input.value) { event.preventDefault(); input.value = '' }
      } else if (event.key === 'Enter' && isOpen() && options[active]) {
        event.preventDefault()
        go(options[active], event)
      }
    })

    function go (option, event) {
      forget()
      close()
      if (event.ctrlKey || event.metaKey) window.open(option.dataset.url, '_blank', 'noopener')
      else window.location.assign(option.dataset.url)
    }

    // The box keeps the keyboard while the pointer chooses.
    list.addEventListener('mousedown', event => event.preventDefault())
    list.addEventListener('click', event => {
      const option = event.target.closest('[role="option"]')
      if (option) go(option, event)
    })
    form.addEventListener('submit', () => { forget(); close() })
  }

  /* Which result was opened: counted with those of others, without a name or a cookie. */
  function count (list) {
    const keys = list.dataset.keys.trim().split(/\s+/)
    const opened = event => {
      const link = event.target.closest('a[href]')
      const item = link && link.closest('li')
      const key = item && keys[Array.prototype.indexOf.call(list.children, item)]
      if (!key || event.button > 1) return
      const data = new FormData()
      data.append('q', list.dataset.query)
      data.append('key', key)
      navigator.sendBeacon(list.dataset.opened, data)
    }
    list.addEventListener('click', opened)
    list.addEventListener('auxclick', opened)
  }

  document.querySelectorAll('form[data-suggest]').forEach(dress)
  if (navigator.sendBeacon) document.querySelectorAll('[data-opened]').forEach(count)
})()
