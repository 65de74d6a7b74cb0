import type { Step } from '../step.ts';

export const diff: Step = {
  name: 'the deployment matches the app',
  skip: ({ name, diff: look }) => {
    if (look !== undefined) return undefined;
    return name === 'aws'
      ? '`npm run diff` tells, with what you deploy with'
      : 'templates are read, not deployed';
  },
  run: async ({ target }) => {
    await target.diff?.();
    return { saw: '`cdk diff` finds no differences' };
  },
};
