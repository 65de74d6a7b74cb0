import { describe, expect, it } from 'vitest';
import { useServices } from './handlers.ts';
import { run } from './run.ts';
import { lambda, queue, ref } from './template.ts';

const resources = {
  Sent: queue(),
  Anchors: { Type: 'AWS::S3::Bucket', Properties: { ObjectLockEnabled: true } },
  Use: lambda('use', {
    Timeout: 20,
    Environment: { Variables: { BUCKET: ref('Anchors'), QUEUE_URL: ref('Sent') } },
  }),
};

describe('a function', () => {
  it('reaches S3, SQS and Lambda of the stack by its environment alone', async () => {
    const stack = await run(resources, { use: useServices });
    expect(await stack.invoke('Use', {})).toEqual({ ok: true, response: 'heard' });
    expect(stack.objects('Anchors')).toEqual([{ key: 'heads/today', body: 'digest' }]);
    expect(stack.messages('Sent').map(({ body }) => body)).toEqual(['sent']);
    expect(stack.counts().Use).toEqual({ invocations: 2, errors: 0 });
    expect(await stack.invoke('Use', {})).toMatchObject({ ok: false, error: { name: 'PreconditionFailed' } });
  });
});
