import { z } from '@hono/zod-openapi'
import { Problem } from '#packages/errors/problem.ts'
import { DEFAULT_LANGUAGE, preferredLanguage } from '#packages/sms/languages.ts'
import { operation } from '../http/operation.ts'
import { Shared } from './contract.ts'
import { openLink } from './open-link.ts'
import { pageHeaders } from './page/page-headers.ts'
import { renderPage } from './page/render-page.ts'
import { PAGE_PATH } from './page-url.ts'
import { presentShared } from './present-shared.ts'

/** Any text: who lost a part of the link on the way gets a page that says so. */
const PageParams = z.object({ token: z.string() })

export const openSharePage = operation(
  {
    id: 'openSharePage',
    method: 'get',
    path: `${PAGE_PATH}/{token}`,
    tag: 'Safety',
    summary: 'The page of a link, for people; a browser gets a page too where the link is none, or no longer',
    access: 'public',
    limit: 'share',
    params: PageParams,
    streams: ['text/html'],
    replies: { 200: null },
    errors: [],
  },
  async (ctx, { params }) => {
    const { headers, url } = ctx.request
    const shared = await openLink(ctx, params.token)
    if (!shared && !headers.get('accept')?.includes('text/html')) throw new Problem('not_found')
    const view = shared && Shared.parse(await presentShared(shared, ctx))
    const language = preferredLanguage(headers.get('accept-language')) ?? DEFAULT_LANGUAGE
    return new Response(renderPage(view, language, ctx.now), {
      status: view ? 200 : 404,
      headers: await pageHeaders(new URL(url).host),
    })
  },
)
