import { toast } from './elements.js'

export async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const answer = response.status === 204 ? undefined : await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer
}

/** Runs a button's work, with the button off meanwhile, and shows what went wrong. */
async function run(button, work) {
  button.disabled = true
  try {
    await work(button)
  } catch (error) {
    toast(error.message)
  } finally {
    button.disabled = false
  }
}

export const act = (work) => (event) => void run(event.currentTarget, work)
