export { apiLimits } from './api-limits.ts';
export { buildHandoffPathId } from './fields.ts';
export type { GivenEvent } from './given-event.ts';
export {
  type ProblemType,
  problemDocument,
  problemTypes,
  problemTypeUri,
} from './problem.ts';
export { listScopes, queuesClaim, type Role, roles, scopeOf } from './roles.ts';
export { type ApiService, apiServices, type ParametersOf, type Route, routeKeyOf } from './route.ts';
export {
  listRoutes,
  type Operation,
  type OperationOf,
  operations,
  type Routes,
  routeOf,
  routes,
} from './routes.ts';
