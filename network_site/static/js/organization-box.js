/* Names of organisations under the field of a form: a combobox with a list (WAI-ARIA APG).
   Without script, or when the site does not answer, the field is a plain one. */
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

  function dress (box) {
    const input = box.querySelector('input')
    const words = box.dataset
    const email = input.form && input.form.querySelector('input[name="email"]')
    const id = 'organizations-' + (++boxes)
    const list = element('ul', { id, class: 'suggest', role: 'listbox', 'aria-label': words.label })
    const status = element('p', { class: 'vh', role: 'status' })
    const outcome = element('p', { class: 'help', role: 'status' })
    const known = new Map()
    let options = []
    let active = -1
    let timer = 0
    let asked = ''

    list.hidden = true
    box.append(list, status)
    box.after(outcome)
    input.setAttribute('role', 'combobox')
    input.setAttribute('aria-autocomplete', 'list')
    input.setAttribute('aria-expanded', 'false')
    input.setAttribute('aria-controls', id)
    input.setAttribute('autocomplete', 'off')
    input.setAttribute('spellcheck', 'false')

    const isOpen = () => !list.hidden

    function close () {
      clearTimeout(timer)
      list.hidden = true
      input.setAttribute('aria-expanded', 'false')
      mark(-1)
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

    function line (name, note, rank) {
      const option = element('li', { id: id + '-' + rank, role: 'option', 'aria-selected': 'false' })
      const said = element('span', {}, name)
      if (note) said.append(' ', element('small', {}, note))
      option.dataset.name = name
      option.append(said)
      return option
    }

    function show (answer, text, note) {
      mark(-1)
      status.textContent = answer.status
      options = answer.names.map((name, rank) => line(name, note, rank))
      if (text && !answer.names.some(name => same(name, text))) {
        const keep = line(text, words.keep, options.length)
        keep.className = 'all'
        keep.dataset.kept = 'true'
        options.push(keep)
      }
      list.replaceChildren(...options)
      list.hidden = !options.length
      input.setAttribute('aria-expanded', String(isOpen()))
    }

    const same = (one, other) => one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase()

    async function fetched (query) {
      if (known.has(query)) return known.get(query)
      try {
        const response = await fetch(words.organizations + '?' + query, { headers: { Accept: 'application/json' } })
        if (!response.ok) return null
        const answer = await response.json()
        known.set(query, answer)
        return answer
      } catch (error) {
        return null
      }
    }

    async function ask (text) {
      asked = text
      const answer = await fetched('q=' + encodeURIComponent(text))
      // What was typed since then is what counts, and so does having left the field.
      if (asked !== text || document.activeElement !== input) return
      if (answer) show(answer, text, '')
      else close()
    }

    /* The organisation whose domain is that of the address, while nothing is typed. */
    async function propose () {
      const domain = email && email.value.includes('@') ? email.value.split('@').pop().trim() : ''
      if (!domain.includes('.') || input.value.trim()) return
      asked = ''
      const answer = await fetched('domain=' + encodeURIComponent(domain))
      if (answer && answer.names.length && !input.value.trim() && document.activeElement === input) {
        show(answer, '', words.proposed)
      }
    }

    function typed () {
      clearTimeout(timer)
      outcome.textContent = ''
      const text = input.value.trim()
      asked = text
      if (text.length < SHORTEST) {
        status.textContent = ''
        close()
        return text || propose()
      }
      timer = setTimeout(ask, WAIT, text)
    }

    function choose (option) {
      input.value = option.dataset.name
      asked = input.value
      close()
      tell(option.dataset.kept ? words.notInList : words.inList)
    }

    function tell (sentence) {
      status.textContent = ''
      outcome.textContent = sentence
    }

    /* What was typed and left without choosing: is it in the list? */
    async function judge () {
      const text = input.value.trim()
      if (text.length < SHORTEST) return tell('')
      const answer = await fetched('q=' + encodeURIComponent(text))
      if (!answer || input.value.trim() !== text) return
      tell(answer.names.some(name => same(name, text)) ? words.inList : words.notInList)
    }

    input.addEventListener('input', event => { if (!event.isComposing) typed() })
    input.addEventListener('compositionend', typed)
    input.addEventListener('focus', propose)
    input.addEventListener('blur', () => { close(); judge() })
    input.addEventListener('keydown', event => {
      if (event.isComposing) return
      const down = event.key === 'ArrowDown'
      if (down || event.key === 'ArrowUp') {
        event.preventDefault()
        if (!isOpen()) {
          const text = input.value.trim()
          if (down) text.length >= SHORTEST ? ask(text) : propose()
          return
        }
        // Past either end one is back in the field itself.
        const places = options.length + 1
        mark((active + 1 + (down ? 1 : places - 1)) % places - 1)
      } else if (event.key === 'Escape' && isOpen()) {
        event.preventDefault()
        close()
      } else if (event.key === 'Enter' && isOpen() && options[active]) {
        event.preventDefault()
        choose(options[active])
      }
    })
    // The field keeps the keyboard while the pointer chooses.
    list.addEventListener('mousedown', event => event.preventDefault())
    list.addEventListener('click', event => {
      const option = event.target.closest('[role="option"]')
      if (option) choose(option)
    })
  }

  document.querySelectorAll('[data-organizations]').forEach(dress)
})()
