import type { Operation } from '../http/operation.ts'
import { getRoute } from './get-route.ts'
import { listDriverRoutes } from './list-driver-routes.ts'
import { publishRoute } from './publish-route.ts'
import { searchRoutes } from './search-routes.ts'

export const routeOperations: readonly Operation[] = [publishRoute, searchRoutes, listDriverRoutes, getRoute]
