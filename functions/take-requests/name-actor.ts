import { showValue } from '../../events/index.ts';
import { ApiProblem, type Caller, nameCaller } from '../../shared/api/index.ts';

/**
 * Returns the actor that an event names: the person of the token, or whom a service names, else the service itself.
 *
 * @throws ApiProblem if a person names an actor
 */
export const nameActor = (caller: Caller, given: string | undefined): string => {
  if (given === undefined) return nameCaller(caller);
  if (caller.kind === 'service') return given;
  throw new ApiProblem('invalid-request', 'only a service names the actor', [
    { path: 'body.actor', given: showValue(given), allowed: 'no actor: it is the person of the token' },
  ]);
};
