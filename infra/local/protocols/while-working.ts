import { ServiceError } from '../errors.ts';
import type { Protocol } from './protocol.ts';

/** Lets a protocol answer while the stack works. An answer that is an error of the stack itself has it checked. */
export const whileWorking = (
  protocol: Protocol,
  failed: AbortSignal,
  check: () => Promise<void>,
): Protocol => ({
  ...protocol,
  answer: async (request) => {
    failed.throwIfAborted();
    try {
      const answer = await protocol.answer(request);
      if (answer.status >= 500) await check();
      return answer;
    } catch (error) {
      if (!(error instanceof ServiceError)) await check();
      throw error;
    }
  },
});
