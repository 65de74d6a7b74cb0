import { readLocalStack } from '../stack/outputs.ts';

/**
 * Returns the instant of the clock by which a local stack signs, in milliseconds since 1970: it may be warped. If no stack
 * answers at the endpoint, it is that of the system's clock.
 */
export const readClock = async (endpoint: string): Promise<number> => {
  const { now } = await readLocalStack(endpoint).catch(() => ({ now: Date.now }));
  return now();
};
