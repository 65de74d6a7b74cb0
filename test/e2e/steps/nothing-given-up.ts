import { untilEmpty } from '../queues.ts';
import { counted, type Step } from '../step.ts';

/**
 * Checks that whatever failed on the way was processed in the end. In an account that others use, this cannot be
 * checked.
 */
export const nothingGivenUp: Step = {
  name: 'nothing was given up',
  skip: ({ name }) => (name === 'aws' ? 'others may use the account' : undefined),
  run: async ({ target }) => {
    await untilEmpty('all queues', target, () => true);
    return { saw: `${counted(Object.keys(target.queueUrls()).length, 'queue')}, all empty` };
  },
};
