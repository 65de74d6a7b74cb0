import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { run } from './run.ts';
import { lambda, queue } from './template.ts';

const post = async (endpoint: string, target: string, body: string): Promise<[number, unknown]> => {
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  return [response.status, await response.json()];
};

/**
 * Sends a GET request with exactly these lines of its head, and returns the status. Clients don't send what some of the
 * tests need, such as two hosts or none.
 */
const getRaw = async (endpoint: string, line: string, headers: readonly string[]): Promise<number> => {
  const socket = connect(Number(new URL(endpoint).port), '127.0.0.1');
  socket.end([line, ...headers, 'Connection: close', '', ''].join('\r\n'));
  return Number((await text(socket)).split(' ')[1]);
};

const withPort = (endpoint: string, headers: readonly string[]): string[] =>
  headers.map((header) => header.replaceAll('PORT', new URL(endpoint).port));

describe('the endpoint', () => {
  it('says what it is', async () => {
    const stack = await run({ Q: queue() }, {});
    expect(await (await fetch(stack.endpoint)).json()).toEqual({
      name: 'sluice',
      tables: { Leads: 'Stateful-Leads' },
      bus: 'leads',
      outputs: {
        Table: 'Stateful-Leads',
        Stream: 'arn:aws:dynamodb:us-east-1:000000000000:table/Stateful-Leads/stream/local',
        Bus: 'leads',
        BusArn: 'arn:aws:events:us-east-1:000000000000:event-bus/leads',
      },
      queues: { Q: { visible: 0, inFlight: 0, delayed: 0 } },
      functions: {},
    });
  });

  it('answers errors in the form of AWS', async () => {
    const { endpoint } = await run({ Q: queue() }, {});
    const type = (__type: string) => expect.objectContaining({ __type: expect.stringContaining(__type) });
    expect(await post(endpoint, 'AWSEvents.ListRules', '{}')).toEqual([
      400,
      type('UnknownOperationException'),
    ]);
    expect(await post(endpoint, 'AWSEvents.PutEvents', '{')).toEqual([400, type('SerializationException')]);
    expect(await post(endpoint, 'AWSEvents.PutEvents', '{}')).toEqual([400, type('ValidationException')]);
    expect(await post(endpoint, 'DynamoDB_20120810.DescribeTable', '{"TableName":"Nobody"}')).toEqual([
      400,
      type('ResourceNotFoundException'),
    ]);
    expect(await post(endpoint, 'AmazonSQS.PurgeQueue', '{}')).toEqual([
      400,
      type('UnknownOperationException'),
    ]);
    const other = await fetch(`${endpoint}/other`);
    expect([other.status, await other.text()]).toEqual([
      404,
      expect.stringContaining('<Code>NoSuchBucket</Code>'),
    ]);
  });

  it.each(['%', '%zz', '%ff', 'a%ED%A0%80', '%E2%82'])(
    'refuses a path that can not be decoded, in the form of each service: %s',
    async (part) => {
      const { endpoint } = await run({ Q: queue() }, {});
      const invoked = await fetch(`${endpoint}/2015-03-31/functions/${part}/invocations`, { method: 'POST' });
      expect([invoked.status, invoked.headers.get('x-amzn-errortype'), await invoked.json()]).toEqual([
        400,
        'InvalidParameterValueException',
        { Type: 'User', Message: `Couldn't parse the specified URI: ${part}` },
      ]);
      const read = await fetch(`${endpoint}/${part}/key`);
      expect([read.status, await read.text()]).toEqual([
        400,
        expect.stringContaining('<Code>InvalidURI</Code>'),
      ]);
      expect((await fetch(`${endpoint}/?x=${part}`)).status).toBeLessThan(500);
    },
  );

  it('refuses a body over its cap', async () => {
    const { endpoint } = await run({ Q: queue() }, {});
    const answer = post(endpoint, 'AWSEvents.PutEvents', ' '.repeat(13 * 1_048_576));
    // The connection may be closed before all is sent.
    expect(
      await answer.then(
        ([status]) => status,
        () => 400,
      ),
    ).toBe(400);
  });

  it.each([
    ['by its address', ['Host: 127.0.0.1:PORT']],
    ['by its name', ['Host: localhost:PORT']],
    [
      'of a page of its own',
      ['Host: localhost:PORT', 'Origin: http://localhost:PORT', 'Sec-Fetch-Site: same-origin'],
    ],
    ['of a user who types the address', ['Host: 127.0.0.1:PORT', 'Sec-Fetch-Site: none']],
  ])('answers a request %s', async (_, headers) => {
    const { endpoint } = await run({ Q: queue() }, {});
    expect(await getRaw(endpoint, 'GET / HTTP/1.1', withPort(endpoint, headers))).toBe(200);
  });

  it.each([
    ['without a host', []],
    ['to a name that resolves here', ['Host: evil.example:PORT']],
    ['to a name below localhost', ['Host: a.localhost:PORT']],
    ['to localhost with a trailing dot', ['Host: localhost.:PORT']],
    ['to another spelling of the address', ['Host: 127.1:PORT']],
    ['to an address that it does not listen at', ['Host: [::1]:PORT']],
    ['to the host with a user', ['Host: me@127.0.0.1:PORT']],
    ['to another port', ['Host: 127.0.0.1:1']],
    ['to no port', ['Host: 127.0.0.1']],
    ['to two hosts', ['Host: 127.0.0.1:PORT', 'Host: evil.example']],
    ['of a page of another port', ['Host: localhost:PORT', 'Origin: http://localhost:3000']],
    ['of a page of its other name', ['Host: 127.0.0.1:PORT', 'Origin: http://localhost:PORT']],
    ['of a page of another scheme', ['Host: localhost:PORT', 'Origin: https://localhost:PORT']],
    ['of a page without an origin', ['Host: localhost:PORT', 'Origin: null']],
    [
      'of two origins',
      ['Host: localhost:PORT', 'Origin: http://localhost:PORT', 'Origin: http://evil.example'],
    ],
    [
      'that a page of another site sends without an origin',
      ['Host: localhost:PORT', 'Sec-Fetch-Site: cross-site'],
    ],
    [
      'that a page of another port sends without an origin',
      ['Host: localhost:PORT', 'Sec-Fetch-Site: same-site'],
    ],
  ])('refuses a request %s', async (_, headers) => {
    const { endpoint } = await run({ Q: queue() }, {});
    expect(await getRaw(endpoint, 'GET / HTTP/1.0', withPort(endpoint, headers))).toBe(400);
  });

  it('refuses a target with a host of its own', async () => {
    const { endpoint } = await run({ Q: queue() }, {});
    const line = `GET ${endpoint}/ HTTP/1.1`;
    expect(await getRaw(endpoint, line, withPort(endpoint, ['Host: 127.0.0.1:PORT']))).toBe(400);
  });

  it('runs no function for a page of another port, which needs no preflight for it', async () => {
    const handlers = { count: 'export const handler = async () => null;' };
    const stack = await run({ Count: lambda('count') }, handlers);
    const invoke = (headers: Record<string, string>) =>
      fetch(`${stack.endpoint}/2015-03-31/functions/App-Count/invocations`, { method: 'POST', headers });
    const page = { origin: 'http://127.0.0.1:3000', 'content-type': 'text/plain' };
    expect((await invoke(page)).status).toBe(400);
    expect(stack.counts()).toEqual({ Count: { invocations: 0, errors: 0 } });
    expect((await invoke({})).status).toBe(200);
  });

  it('says which port is taken, and leaves nothing running', async () => {
    const first = await run({ Q: queue() }, {});
    const port = Number(new URL(first.endpoint).port);
    await expect(run({ Q: queue() }, {}, { port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: `port ${port} on 127.0.0.1 is taken; choose another one with --port`,
    });
  });
});
