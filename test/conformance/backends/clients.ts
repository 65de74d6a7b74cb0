import { account, region } from '../../../infra/local/resource-types.ts';

/**
 * Returns the settings of clients for a back end on this machine, with invented credentials, and without retries, since
 * refusals are tested.
 */
export const clientConfig = (endpoint: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
});

export { account };
