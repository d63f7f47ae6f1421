import type { Operation } from '../http/operation.ts'
import { changeRoute } from './change-route.ts'
import { deleteRoute } from './delete-route.ts'
import { getRoute } from './get-route.ts'
import { listDriverRoutes } from './list-driver-routes.ts'
import { listPopularRoutes } from './list-popular-routes.ts'
import { publishRoute } from './publish-route.ts'
import { searchRoutes } from './search-routes.ts'

export const routeOperations: readonly Operation[] = [
  publishRoute,
  searchRoutes,
  listPopularRoutes,
  listDriverRoutes,
  getRoute,
  changeRoute,
  deleteRoute,
]
