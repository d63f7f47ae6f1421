import { expect, test } from 'vitest'
import { findOrphans } from './reap-orphans.ts'

const root = '/home/asha/margwa'
const workerd = `${root}/node_modules/@cloudflare/workerd-linux-64/bin/workerd serve --binary`

test('only a workerd of this project whose parent is gone is an orphan', () => {
  const processes = [
    { pid: 1, parent: 0, command: '/sbin/init' },
    { pid: 10, parent: 1, command: `${root}/node_modules/node/bin/node scripts/dev.ts` },
    { pid: 11, parent: 10, command: workerd },
    { pid: 12, parent: 1, command: workerd },
    { pid: 13, parent: 999, command: workerd },
    { pid: 14, parent: 1, command: workerd.replace('margwa', 'other') },
    { pid: 15, parent: 1, command: `tail -f ${root}/workerd serve` },
  ]
  expect(findOrphans(processes, root)).toEqual([12, 13])
})
