import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { outboundContracts } from '../../../events/index.ts';
import { createBus } from '../../../shared/bus/index.ts';

const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

afterEach(() => vi.unstubAllEnvs());

/** Returns the headers of the request that puts an announcement on the bus. */
const headersSent = async (): Promise<IncomingHttpHeaders> => {
  let headers: IncomingHttpHeaders = {};
  const server = createServer((request, response) => {
    headers = request.headers;
    request.resume().on('end', () => response.end('{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new EventBridgeClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const bus = createBus({ client, busName: 'bus', pause: async () => {} });
  expect(await bus.publish([outboundContracts.LeadErased.sampleEvent])).toEqual([]);
  client.destroy();
  server.close();
  return headers;
};

describe('an announcement on its way to the bus', () => {
  it('has the trace of the invocation, which EventBridge passes on to its targets', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'publish-changes');
    vi.stubEnv('_X_AMZN_TRACE_ID', trace);
    expect((await headersSent())['x-amzn-trace-id']).toBe(trace);
  });

  it('has no trace if there is none', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'publish-changes');
    vi.stubEnv('_X_AMZN_TRACE_ID', undefined);
    expect((await headersSent())['x-amzn-trace-id']).toBeUndefined();
  });
});
