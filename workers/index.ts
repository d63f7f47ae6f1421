import { Hono } from 'hono'
import { neon } from '@neondatabase/serverless'
import { Server } from 'partyserver'
export class RideRoom extends Server {
  static override options = { hibernate: true }
}
const app = new Hono<{ Bindings: any }>()
app.get('/', async (c) => {
  const out = await fetch('https://control.msg91.com/hello')
  return c.text('hello ' + (await out.text()))
})
app.get('/db', async (c) => {
  const sql = neon('postgres://u:p@ep-margwa.ap-south-1.aws.neon.tech/margwa')
  return c.json(await sql`select 1`)
})
app.get('/asset', (c) => c.env.ASSETS.fetch('https://x/x.txt'))
export default app
