import type { Step } from '../step.ts';

export const subscribe: Step = {
  name: 'subscribe a queue of our own',
  run: async (session) => {
    await session.subscribe();
    return {
      saw: `an event of ours came through the rule to the queue, on ${session.target.output('BusName')}`,
    };
  },
};
