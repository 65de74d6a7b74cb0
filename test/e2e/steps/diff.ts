import type { Step } from '../step.ts';

export const diff: Step = {
  name: 'what is deployed is what the app says',
  skip: ({ diff: look }) => (look === undefined ? 'nothing is deployed that could differ' : undefined),
  run: async ({ target }) => {
    await target.diff?.();
    return { saw: '`cdk diff` finds no differences' };
  },
};
