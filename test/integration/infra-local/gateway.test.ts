import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { run } from './run.ts';
import { queue } from './template.ts';

const post = async (endpoint: string, target: string, body: string): Promise<[number, unknown]> => {
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  return [response.status, await response.json()];
};

/** Sends a GET request with headers that fetch doesn't allow, such as Host. */
const get = (endpoint: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(endpoint, { headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });

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
    [{ host: 'localhost:1234' }, 200],
    [{ host: '[::1]:1234' }, 200],
    [{ origin: 'http://localhost:3000' }, 200],
    [{ host: 'evil.example' }, 400],
    [{ host: 'localhost.evil.example' }, 400],
    [{ origin: 'https://evil.example' }, 400],
    [{ origin: 'null' }, 400],
  ])('answers only this machine: %j gets %i', async (headers, status) => {
    const { endpoint } = await run({ Q: queue() }, {});
    expect(await get(endpoint, headers)).toBe(status);
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
