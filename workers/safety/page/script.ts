/**
 * What the page does by itself: it listens to the ride's room and moves the car, and asks for itself again for all the
 * rest, more often where it cannot listen. The car glides since its drawing stays as long as the map's frame does.
 */
export const SCRIPT = String.raw`(() => {
  const token = location.pathname.split('/').pop()
  const address = location.origin.replace(/^http/, 'ws') + '/api/v1/share/' + token + '/live'
  const byId = (id) => document.getElementById(id)
  let socket, timer, failures = 0, heardAt = 0, heading = 0

  function turn(to) {
    heading += ((((to - heading) % 360) + 540) % 360) - 180
    return heading
  }

  function put(car, x, y, to) {
    car.style.transform = 'translate(' + x + 'px,' + y + 'px) rotate(' + turn(to) + 'deg)'
  }

  function clock(at) {
    const { lang } = document.documentElement
    return new Date(at).toLocaleTimeString(lang, { timeZone: 'Asia/Kolkata', hourCycle: 'h23' })
  }

  function move({ lat, lng, heading: to, at }) {
    const [map, car] = [byId('map'), byId('car')]
    if (!map || !car) return refresh()
    const { west, north, perLng, perLat } = map.dataset
    const [x, y] = [(lng - west) * perLng, (north - lat) * perLat]
    // Off the drawing: the next one has it on it.
    if (x < 0 || y < 0 || x > 1000 || y > 1000) return refresh()
    put(car, x, y, to ?? heading)
    const seen = byId('seen')
    if (seen) seen.textContent = seen.dataset.text.replace('{time}', clock(at))
    if (byId('silent')) refresh()
  }

  function take(next) {
    const [view, map, fresh] = [byId('view'), byId('map'), next.querySelector('#map')]
    const [car, freshCar] = [byId('car'), next.querySelector('#car')]
    const same = map && fresh && ['west', 'north', 'perLng'].every((key) => map.dataset[key] === fresh.dataset[key])
    if (!same || !car || !freshCar || view.dataset.state !== next.dataset.state) return view.replaceWith(next)
    const { x, y, heading: to } = freshCar.dataset
    put(car, x, y, Number(to))
    byId('driven').setAttribute('stroke-dasharray', next.querySelector('#driven').getAttribute('stroke-dasharray'))
    Object.assign(view.dataset, next.dataset)
    byId('card').replaceWith(next.querySelector('#card'))
  }

  async function refresh() {
    plan()
    try {
      const reply = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' })
      if (reply.status !== 404 && !reply.ok) throw new Error(reply.status)
      take(new DOMParser().parseFromString(await reply.text(), 'text/html').getElementById('view'))
      byId('offline').hidden = true
      listen()
    } catch {
      byId('offline').hidden = false
    }
    plan()
  }

  function plan() {
    clearTimeout(timer)
    const seconds = Number(byId('view').dataset.poll)
    const listening = socket && socket.readyState === WebSocket.OPEN
    if (seconds && !document.hidden) timer = setTimeout(refresh, seconds * (listening ? 3000 : 1000))
  }

  function listen() {
    if (socket || !byId('view').dataset.live || document.hidden) return
    const mine = (socket = new WebSocket(address))
    heardAt = Date.now()
    mine.onmessage = ({ data }) => {
      heardAt = Date.now()
      const frame = JSON.parse(data)
      if (frame.type !== 'pong') failures = 0
      if (frame.type === 'position') move(frame)
      else if (frame.type === 'snapshot') frame.position && move(frame.position)
      else if (frame.type !== 'pong') refresh()
    }
    mine.onclose = () => {
      socket = undefined
      const wait = Math.min(30000, 1000 * 2 ** failures++)
      setTimeout(refresh, wait * (0.5 + Math.random() / 2))
    }
  }

  // A socket that died without a word is noticed by its silence.
  setInterval(() => {
    if (!socket || socket.readyState !== WebSocket.OPEN) return
    if (Date.now() - heardAt > 50000) socket.close()
    else socket.send('{"type":"ping"}')
  }, 20000)
  document.addEventListener('visibilitychange', () => document.hidden || refresh())
  addEventListener('online', refresh)
  const car = byId('car')
  if (car) heading = Number(car.dataset.heading)
  listen()
  plan()
})()`
