import { account, region } from '../../../infra/local/resource-types.ts';

/** For a back end on this machine, with credentials that are thought up. No retries: a refusal is what is asked for. */
export const clientConfig = (endpoint: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
});

export { account, region };
