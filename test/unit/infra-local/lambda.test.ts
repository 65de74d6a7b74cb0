import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FunctionHost } from '../../../infra/local/function-host.ts';
import { lambdaProtocol } from '../../../infra/local/protocols/lambda.ts';
import { serve } from './gateway.ts';

const handler = `export const handler = async (event) => {
  if (event.fail) throw new TypeError('no');
  if (event.text) return String(event.text);
  return event.silent ? undefined : { got: event };
};`;
const arn = 'arn:aws:lambda:us-east-1:000000000000:function:App-Echo';

const setUp = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-lambda-'));
  writeFileSync(join(folder, 'index.mjs'), handler);
  const host = new FunctionHost({
    name: 'App-Echo',
    arn,
    folder,
    handler: 'index.handler',
    timeoutMs: 5_000,
    memoryMb: 128,
    environment: {},
    concurrency: 1,
    onLog: () => undefined,
  });
  onTestFinished(async () => {
    await host.close();
    rmSync(folder, { recursive: true });
  });
  const client = new LambdaClient(await serve(lambdaProtocol(() => [host])));
  onTestFinished(() => client.destroy());
  return async (event: unknown, FunctionName = 'App-Echo', more: object = {}) => {
    const payload = event === undefined ? {} : { Payload: JSON.stringify(event) };
    const answer = await client.send(new InvokeCommand({ FunctionName, ...payload, ...more }));
    return { ...answer, payload: JSON.parse(answer.Payload?.transformToString() ?? '') };
  };
};

describe('Lambda, as its client sees it', () => {
  it.each(['App-Echo', arn, `${arn}:$LATEST`, '000000000000:function:App-Echo'])(
    'runs a function by its name or ARN, and answers what it returns: %s',
    async (name) => {
      const invoke = await setUp();
      const answer = await invoke({ a: 'Zoë' }, name);
      expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
      expect([answer.FunctionError, answer.payload]).toEqual([undefined, { got: { a: 'Zoë' } }]);
    },
  );

  it('passes an empty event if there is no payload, and answers null for undefined', async () => {
    const invoke = await setUp();
    expect((await invoke(undefined)).payload).toEqual({ got: {} });
    expect((await invoke({ silent: true })).payload).toBeNull();
  });

  it('passes the payload on as it was sent, also a number that would be null if it was written again', async () => {
    const invoke = await setUp();
    const { payload } = await invoke(undefined, 'App-Echo', { Payload: '{"text":1e400}' });
    expect(payload).toBe('Infinity');
  });

  it('answers a failure of the function as its error', async () => {
    const invoke = await setUp();
    expect(await invoke({ fail: true })).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      payload: {
        errorType: 'TypeError',
        errorMessage: 'no',
        trace: expect.arrayContaining(['TypeError: no']),
      },
    });
  });

  it('names the functions if the given one is unknown, and refuses to run one without waiting', async () => {
    const invoke = await setUp();
    await expect(invoke({}, 'nobody')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: nobody; allowed are App-Echo',
    });
    await expect(invoke({}, 'App-Echo', { InvocationType: 'Event' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });
});
