export { apiLimits } from './api-limits.ts';
export { parseClaimWords, parseQueuesClaim } from './claims.ts';
export {
  type CellPart,
  type CountedFigure,
  cellParts,
  countedFigures,
  figureOutlines,
  moveEnds,
  moveStarts,
} from './counted-figures.ts';
export { buildHandoffPathId } from './fields.ts';
export type { GivenEvent } from './given-event.ts';
export { outlineProblem, type ProblemType, problemTypes, problemTypeUri } from './problem.ts';
export { problemDocument } from './problem-document.ts';
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
