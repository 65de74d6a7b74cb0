import { onTestFinished } from 'vitest';
import { startGateway } from '../../../infra/local/gateway.ts';
import type { Protocol } from '../../../infra/local/protocols/protocol.ts';

/** Serves one protocol for a test, and returns the settings of an AWS SDK client that finds it. */
export const serve = async (protocol: Protocol) => {
  const gateway = await startGateway({
    port: 0,
    protocols: [protocol],
    describe: () => ({}),
    onRequest: () => undefined,
  });
  onTestFinished(() => gateway.close());
  return {
    endpoint: gateway.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'someone', secretAccessKey: 'else' },
    maxAttempts: 1,
  };
};
