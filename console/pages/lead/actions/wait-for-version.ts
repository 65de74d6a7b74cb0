import { ApiError } from '../../../api/api-error.ts';
import { call } from '../../../api/call.ts';

const pauseMs = 700;
const mostTries = 30;

/**
 * Waits until a lead has another version, since what is asked of it is recorded a moment later.
 *
 * @returns whether it has one; a lead that was erased has none any more, and counts as changed
 */
export const waitForVersion = async (id: string, version: number): Promise<boolean> => {
  for (let tries = 0; tries < mostTries; tries++) {
    await new Promise((done) => setTimeout(done, pauseMs));
    try {
      const lead = await call('getLead', { path: { id } });
      if (lead.version !== version || lead.requestedId !== undefined) return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.failure.kind === 'erased') return true;
      if (error.failure.kind !== 'unavailable' && error.failure.kind !== 'offline') throw error;
    }
  }
  return false;
};
