import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { requestRescoring, rescoringJobItem } from '../../../shared/model-store/index.ts';
import { createRescorings } from '../../../shared/rescoring/index.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';

const at = '2026-03-01T09:00:00.000Z';
const job = requestRescoring({ revision: 3, modelVersion: 'small@2', actions: 'all', at });

/** Returns a rescoring that has just begun, with its first segment. */
const begun = async () => {
  const client = memoryClient({ tables: { leads: [] } });
  await client.send(new PutItemCommand({ TableName: 'leads', Item: rescoringJobItem(job) }));
  const rescorings = createRescorings({ client, table: 'leads' });
  const read = async () => (await rescorings.read())?.segments[0];
  const first = await read();
  if (first === undefined) throw new Error('there is no segment');
  return { rescorings, read, first };
};

describe('a segment', () => {
  it('is moved on by one of two that have read the same page, its first one too', async () => {
    const { rescorings, read, first } = await begun();
    const after = { ...first, step: 1, leads: 5, requested: 5 };
    expect(await rescorings.moveSegment(first, after)).toBe(true);
    expect(await rescorings.moveSegment(first, after)).toBe(false);
    const next = { ...after, step: 2, leads: 9 };
    expect(await rescorings.moveSegment(after, next)).toBe(true);
    expect(await rescorings.moveSegment(after, { ...next, leads: 8 })).toBe(false);
    expect(await rescorings.moveSegment(first, after)).toBe(false);
    expect(await read()).toMatchObject({ step: 2, leads: 9 });
  });

  it('begins anew in the next pass, and no late page of the pass before moves it', async () => {
    const { rescorings, read, first } = await begun();
    const done = { ...first, step: 1, isDone: true };
    await rescorings.moveSegment(first, done);
    const pass = { status: 'running', pass: 2, passStartedAt: at } as const;
    expect(await rescorings.endPass(job, pass)).toBe(true);
    expect(await rescorings.endPass(job, pass)).toBe(false);
    const second = { ...first, pass: 2 };
    expect(await rescorings.moveSegment(second, { ...second, step: 1 })).toBe(true);
    expect(await rescorings.moveSegment(done, { ...done, step: 2 })).toBe(false);
    expect(await read()).toMatchObject({ pass: 2, step: 1 });
  });
});
