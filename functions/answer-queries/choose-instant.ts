import { showValue } from '../../events/index.ts';
import { ApiProblem } from '../../shared/api/index.ts';

/** Returns the instant of a report. @throws ApiProblem if it is yet to come: a report is on what has happened */
export const chooseInstant = (given: string | undefined, now: number): number => {
  const at = given === undefined ? now : Date.parse(given);
  if (at <= now) return at;
  throw new ApiProblem('invalid-request', 'the instant of the report is yet to come', [
    {
      path: 'query.at',
      given: showValue(given),
      allowed: `an instant up to now, ${new Date(now).toISOString()}`,
    },
  ]);
};
