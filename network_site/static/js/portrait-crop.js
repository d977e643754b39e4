/* The frame of a portrait, moved by the pointer or the keyboard on the photograph itself.
   The three sliders stay in charge: they are what is sent, and all there is without script. */
(function () {
  'use strict'
  const form = document.querySelector('[data-crop]')
  if (!form) return
  const frame = form.querySelector('.crop-frame')
  const result = form.querySelector('.crop-result')
  const veil = frame.querySelector('.veil')
  const edge = frame.querySelector('.edge')
  const status = form.querySelector('[data-crop-status]')
  const inputs = { x: form.elements.x, y: form.elements.y, zoom: form.elements.zoom }
  const { width, height } = frame.viewBox.baseVal
  const sideNow = () => Math.min(width, height) * 100 / inputs.zoom.value

  function draw () {
    const side = Math.round(sideNow())
    const left = Math.round((width - side) * inputs.x.value / 100)
    const top = Math.round((height - side) * inputs.y.value / 100)
    const set = (node, values) => { for (const key in values) node.setAttribute(key, values[key]) }
    set(edge, { x: left, y: top, width: side, height: side })
    veil.setAttribute('d', `M0 0H${width}V${height}H0ZM${left} ${top}h${side}v${side}h-${side}z`)
    result.setAttribute('viewBox', `${left} ${top} ${side} ${side}`)
  }

  function tell () {
    status.textContent = status.dataset.cropStatus
      .replace('#x', inputs.x.value).replace('#y', inputs.y.value).replace('#z', inputs.zoom.value)
  }

  function move (name, by) {
    // The browser keeps a slider within its bounds.
    inputs[name].value = Number(inputs[name].value) + by
    draw()
  }

  frame.setAttribute('tabindex', '0')
  frame.setAttribute('role', 'application')
  frame.setAttribute('aria-label', frame.dataset.label)
  const keys = {
    ArrowLeft: ['x', -1], ArrowRight: ['x', 1], ArrowUp: ['y', -1], ArrowDown: ['y', 1],
    '+': ['zoom', 5], '=': ['zoom', 5], '-': ['zoom', -5]
  }
  frame.addEventListener('keydown', function (event) {
    const key = keys[event.key]
    if (!key || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move(key[0], key[1] * (event.shiftKey && key[0] !== 'zoom' ? 10 : 1))
    tell()
  })

  let held = null
  frame.addEventListener('pointerdown', function (event) {
    if (event.button) return
    held = { x: event.clientX, y: event.clientY, left: Number(inputs.x.value), top: Number(inputs.y.value) }
    frame.setPointerCapture(event.pointerId)
    event.preventDefault()
    frame.focus()
  })
  frame.addEventListener('pointermove', function (event) {
    if (!held) return
    const scale = width / frame.getBoundingClientRect().width
    const side = sideNow()
    const along = (moved, room) => room > 1 ? moved * scale * 100 / room : 0
    inputs.x.value = held.left + along(event.clientX - held.x, width - side)
    inputs.y.value = held.top + along(event.clientY - held.y, height - side)
    draw()
  })
  for (const end of ['pointerup', 'pointercancel']) {
    frame.addEventListener(end, function () {
      if (held) tell()
      held = null
    })
  }
  for (const name in inputs) inputs[name].addEventListener('input', draw)
  // What the button would show is shown already.
  form.querySelector('[name="preview"]').remove()
  draw()
})()
