import { apiLimits } from '../../events/api/index.ts';
import { showValue } from '../../events/index.ts';
import { ApiProblem } from '../../shared/api/index.ts';
import { completeDays, countDays } from '../../shared/funnel-counts/index.ts';

interface GivenDays {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Returns the days of the funnel that are asked for, both ends included.
 *
 * @throws ApiProblem if the first day is after the last one, or there are too many
 */
export const chooseDays = (given: GivenDays, now: number) => {
  const days = completeDays(given, now);
  const problem = (allowed: string): ApiProblem =>
    new ApiProblem('invalid-request', 'the days are not valid', [
      { path: 'query.from', given: showValue(days.from), allowed },
    ]);
  const length = countDays(days);
  if (length < 1) throw problem(`a day that isn't after ${days.to}`);
  if (length > apiLimits.funnelDays)
    throw problem(`a day with at most ${apiLimits.funnelDays} days from it to ${days.to}`);
  return days;
};
