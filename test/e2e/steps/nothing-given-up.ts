import { stepFailed } from '../errors.ts';
import { filledQueues } from '../queues.ts';
import { counted, type Step } from '../step.ts';

/** Whatever failed on the way was worked off after all. In an account that others use this is not for us to say. */
export const nothingGivenUp: Step = {
  name: 'nothing was given up',
  skip: ({ name }) => (name === 'aws' ? 'others may use the account' : undefined),
  run: async ({ target }) => {
    const filled = await filledQueues(target, () => true);
    if (Object.keys(filled).length > 0)
      throw stepFailed(`queues still hold messages: ${JSON.stringify(filled)}`);
    return { saw: `${counted(Object.keys(target.queueUrls()).length, 'queue')}, all empty` };
  },
};
