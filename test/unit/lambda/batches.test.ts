import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { eachRecord, failures, inParallel } from '../../../shared/lambda/index.ts';

const records = ['a', 'b', 'c'].map((messageId) => ({ messageId, body: messageId }) as SQSRecord);
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('processing each record', () => {
  it('answers with no failure when all went well', async () => {
    expect(await eachRecord({ Records: records }, async () => {})).toEqual({ batchItemFailures: [] });
  });

  it('answers with the records that threw, and processes all others', async () => {
    const done: string[] = [];
    const answer = await eachRecord({ Records: records }, async ({ body }) => {
      if (body === 'b') throw new Error('broken');
      await tick();
      done.push(body);
    });
    expect(answer).toEqual(failures(['b']));
    expect(done).toEqual(['a', 'c']);
  });

  it('does nothing for an empty batch', async () => {
    expect(await eachRecord({ Records: [] }, async () => Promise.reject())).toEqual({
      batchItemFailures: [],
    });
  });
});

describe('failures', () => {
  it('name each record once', () => {
    expect(failures(['a', 'b', 'a'])).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'b' }],
    });
  });
});

describe('processing in parallel', () => {
  it('processes all items in their order, with at most the allowed number at a time', async () => {
    const started: number[] = [];
    let running = 0;
    let most = 0;
    await inParallel([0, 1, 2, 3, 4], 2, async (item) => {
      started.push(item);
      most = Math.max(most, ++running);
      await tick();
      running--;
    });
    expect(started).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
  });

  it('does nothing for no items', async () => {
    await expect(inParallel([], 8, async () => Promise.reject(new Error('called')))).resolves.toBeUndefined();
  });
});
