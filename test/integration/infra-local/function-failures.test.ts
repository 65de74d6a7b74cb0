import { describe, expect, it, vi } from 'vitest';
import { details, entry, run } from './run.ts';
import { getAtt, lambda, mapping, queue, rule } from './template.ts';

const app = (properties: object = {}, batching: object = { BatchSize: 1 }) => ({
  Dead: queue(),
  Inbound: queue({ RedrivePolicy: { deadLetterTargetArn: getAtt('Dead', 'Arn'), maxReceiveCount: 3 } }),
  Rule: rule({ source: ['web'] }, 'Inbound'),
  Work: lambda('work', properties),
  Mapping: mapping('Work', getAtt('Inbound', 'Arn'), batching),
});

/** Returns a handler that runs `body` for each message whose detail requires it; `receives` counts its receives. */
const work = (body: string): { work: string } => ({
  work: `export const handler = async ({ Records }, context) => {
    const { detail } = JSON.parse(Records[0].body);
    const receives = Number(Records[0].attributes.ApproximateReceiveCount);
    ${body}
  };`,
});

const one = (kind: string) => ({ level: 'ERROR', kind });

describe('a function', () => {
  it.each([
    [
      'throws',
      `throw new RangeError('no');`,
      { ...one('handler'), errorType: 'RangeError', errorMessage: 'no' },
    ],
    ['ends its process', 'process.exit(7);', { ...one('exit'), errorType: 'Runtime.ExitError' }],
    [
      'crashes beside its handler',
      `setImmediate(() => { throw new Error('beside'); }); await new Promise(() => {});`,
      { ...one('exit'), errorMessage: 'beside' },
    ],
    [
      'rejects where nobody catches',
      `Promise.reject(new Error('lost')); await new Promise((done) => setTimeout(done, 2_000));`,
      { ...one('exit'), errorMessage: 'lost' },
    ],
    ['never ends', 'for (;;);', { ...one('timeout'), errorMessage: 'Task timed out after 1.00 seconds' }],
    ['never answers', 'await new Promise(() => {});', { ...one('timeout'), errorType: 'Sandbox.Timedout' }],
  ])('that %s has its message retried in an environment that works', async (_, body, report) => {
    const lines: string[] = [];
    const handlers = work(`if (detail.bad && receives < 2) { ${body} } console.log('done');`);
    const stack = await run(app({ Timeout: 1 }), handlers, {
      onLog: (_name, line) => lines.push(line),
      concurrency: 1,
    });
    stack.putEvents([entry({ bad: true }), entry({ bad: false })]);
    await stack.idle();
    expect(stack.counts()).toEqual({ Work: { invocations: 3, errors: 1 } });
    expect(stack.queues()).toMatchObject({ Dead: { visible: 0 }, Inbound: { visible: 0 } });
    await vi.waitFor(() => expect(lines.filter((line) => line === 'done')).toHaveLength(2));
    const errors = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    expect(errors).toEqual([expect.objectContaining(report)]);
  });

  it('whose module fails sends its messages to the dead letters', async () => {
    const stack = await run(app(), { work: `throw new Error('no configuration');` });
    stack.putEvents([entry({ lead: 1 })]);
    await stack.idle();
    expect(details(stack, 'Dead')).toEqual([{ lead: 1 }]);
    expect(stack.counts()).toEqual({ Work: { invocations: 3, errors: 3 } });
  });

  it('sees the environment of Lambda and nothing of ours', async () => {
    process.env.SLUICE_OF_THE_PARENT = 'secret';
    const stack = await run(
      app({ MemorySize: 256, Environment: { Variables: { A: '1', B: '2' } } }),
      {
        work: 'export const handler = async (event, context) => ({ event, env: process.env, context, left: context.getRemainingTimeInMillis() });',
      },
      { environment: { B: 'override' } },
    );
    const result = await stack.invoke('Work', { tick: 1 });
    expect(result).toMatchObject({
      ok: true,
      response: {
        event: { tick: 1 },
        env: {
          A: '1',
          B: 'override',
          AWS_REGION: 'us-east-1',
          AWS_LAMBDA_FUNCTION_NAME: 'App-Work',
          AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
          AWS_ENDPOINT_URL_DYNAMODB: stack.endpoint,
          AWS_ENDPOINT_URL_EVENTBRIDGE: stack.endpoint,
          _HANDLER: 'index.handler',
        },
        context: {
          functionName: 'App-Work',
          invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:App-Work',
          memoryLimitInMB: '256',
          awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
        left: expect.any(Number),
      },
    });
    expect(JSON.stringify(result)).not.toContain('SLUICE_OF_THE_PARENT');
    await expect(stack.invoke('Nobody', {})).rejects.toThrow('there is no function Nobody; allowed are Work');
  });

  it('runs in no more environments than it may, each warm for the next', async () => {
    const source = `let count = 0; const id = Math.random();
      export const handler = async () => { count += 1; await new Promise((done) => setTimeout(done, 5)); return { id, count }; };`;
    const stack = await run(app({ ReservedConcurrentExecutions: 2 }), { work: source }, { concurrency: 8 });
    const results = await Promise.all(Array.from({ length: 12 }, () => stack.invoke('Work', {})));
    const answers = results.map((result) => (result.ok ? result.response : result.error) as { id: number });
    expect(new Set(answers.map(({ id }) => id)).size).toBe(2);
  });
});
