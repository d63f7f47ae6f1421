import type { FilePort, Services } from '../context.ts'
import { filesAccess } from '../env.ts'
import { completeUpload, inviteUpload } from './invite-upload.ts'
import { keepFile } from './keep-file.ts'
import { linkFile, verifyLink } from './link-file.ts'

/** What people upload: examined by packages/files, decoded by `pictures`, kept in `objects`, recorded in the database. */
export function filePort(
  shared: Pick<Services, 'db' | 'objects' | 'pictures' | 'keys' | 'settings'>,
): FilePort {
  const key = shared.keys.links
  const access = filesAccess(shared.settings)
  return {
    keep: (upload, now) => keepFile(shared, upload, now),
    invite: (upload, now) => inviteUpload({ ...shared, access }, upload, now),
    complete: (upload, now) => completeUpload(shared, upload, now),
    link: (file, now) => linkFile(key, file, now),
    verifyLink: (filename, expires, signature, now) => verifyLink(key, filename, expires, signature, now),
  }
}
