import { operations } from '../../../../events/api/index.ts';
import { stepFailed } from '../../errors.ts';
import { counted, type Step } from '../../step.ts';

export const allRoutes: Step = {
  name: 'every route of the API was called',
  run: async ({ api, target }) => {
    const doors = [
      ...(target.api.issueToken === undefined ? [] : (['people'] as const)),
      'services' as const,
    ];
    const missing = doors.flatMap((door) => api.uncalled(door).map((operation) => `${operation} by ${door}`));
    if (missing.length > 0) throw stepFailed(`not called: ${missing.join(', ')}`);
    return { saw: `${counted(operations.length, 'route')}, by ${doors.join(' and by ')}` };
  },
};
