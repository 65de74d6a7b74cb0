export { type ApiAnswer, buildAnswer, buildProblem, etagOf, type GatewayAnswer } from './answer.ts';
export {
  type ApiHandlers,
  type ApiRequest,
  createApiHandler,
  type GatewayRequest,
} from './api-handler.ts';
export { type Caller, nameCaller } from './caller.ts';
export { type KeyedPart, keyReused, readKeyed } from './keyed-request.ts';
export { ApiProblem } from './problems.ts';
export { putOnBus } from './put-on-bus.ts';
export { openCursor, sealCursor } from './sealed-cursor.ts';
