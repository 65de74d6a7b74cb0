import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { errorFields, logger } from '../../shared/lambda/index.ts';
import type { QuarantineDeps } from './deps.ts';
import { readAnchorsHealth } from './health-of-anchors.ts';
import { readSourcesHealth } from './health-of-sources.ts';
import { readClock, readDeadLetters, readQuarantine, readRescoring } from './health-of-work.ts';
import { readDeliveriesHealth } from './subscription-standing.ts';

/** Returns what is read, or null if that fails: whoever looks for what is broken still sees the rest. */
const orUnknown = async <T>(what: string, reading: Promise<T>): Promise<T | null> => {
  try {
    return await reading;
  } catch (error) {
    logger.error('health not read', { what, ...errorFields(error) });
    return null;
  }
};

/** Shows the health of the deployment. Its parts are read at once, each within bounds. */
export const getHealth =
  ({ health, now }: QuarantineDeps) =>
  async (_request: ApiRequest<Routes['getHealth']>): Promise<ApiAnswer> => {
    const at = now();
    const [clock, quarantine, deadLetters, sources, deliveries, anchors, rescoring] = await Promise.all([
      orUnknown('clock', readClock(health, at)),
      orUnknown('quarantine', readQuarantine(health)),
      readDeadLetters(health),
      orUnknown('sources', readSourcesHealth(health, at)),
      orUnknown('deliveries', readDeliveriesHealth(health, at)),
      orUnknown('anchors', readAnchorsHealth(health, at)),
      orUnknown('rescoring', readRescoring(health)),
    ]);
    const asOf = new Date(at).toISOString();
    return { body: { asOf, clock, quarantine, deadLetters, sources, deliveries, anchors, rescoring } };
  };
