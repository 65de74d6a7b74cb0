import { onTestFinished } from 'vitest';
import { startGateway } from '../../../infra/local/gateway.ts';
import type { Protocol } from '../../../infra/local/protocols/protocol.ts';

/** How a client of the AWS SDK is told where to look, for the services of one test. */
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
