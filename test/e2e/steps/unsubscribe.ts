import type { Step } from '../step.ts';

export const unsubscribe: Step = {
  name: 'unsubscribe',
  run: async (session) => {
    await session.unsubscribe();
    return { saw: 'queue and rule of our own are gone' };
  },
};
