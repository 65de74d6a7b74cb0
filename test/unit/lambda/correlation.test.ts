import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  eachRecord,
  hashReference,
  logger,
  parseCorrelationId,
  withCorrelation,
} from '../../../shared/lambda/index.ts';
import { powertoolsLogger } from '../../../shared/lambda/logger.ts';
import { buildBatch } from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The fields of the written lines, by message. */
const lines: { message: string; fields: Record<string, unknown> }[] = [];
beforeEach(() => {
  lines.length = 0;
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(powertoolsLogger, level).mockImplementation((...[message, fields]: unknown[]) => {
      lines.push({ message: String(message), fields: fields as Record<string, unknown> });
    });
});
afterEach(() => vi.restoreAllMocks());

const event = (id: string) =>
  buildEntry({ type: 'LeadActivityRecorded', data: { activity: 'page_visited' }, id });

describe('the correlation of a log line', () => {
  it('is that of its own record, even if the records of a batch are processed side by side', async () => {
    await eachRecord(buildBatch(event('e-1'), event('e-2'), event('e-3')), async ({ body, messageId }) => {
      logger.info('begun', { messageId });
      await tick();
      logger.info('done', { messageId });
      if (parseCorrelationId(body) === 'e-2') throw new Error('broken');
    });
    const findReference = (messageId: string) =>
      lines
        .filter(({ fields }) => fields.messageId === messageId)
        .map(({ message, fields }) => [message, fields.correlationId]);
    expect(findReference('m-0')).toEqual([
      ['begun', hashReference('e-1')],
      ['done', hashReference('e-1')],
    ]);
    expect(findReference('m-1')).toEqual([
      ['begun', hashReference('e-2')],
      ['done', hashReference('e-2')],
      ['record failed; it will be retried', hashReference('e-2')],
    ]);
    expect(lines.at(-1)).toEqual({
      message: 'records processed',
      fields: { correlationIds: ['e-1', 'e-2', 'e-3'].map(hashReference), records: 3, failed: 1 },
    });
  });

  it('has one reference, however many of its events are in the batch', () => {
    withCorrelation(
      () => ['a', 'b', 'a'],
      () => logger.info('x'),
    );
    withCorrelation(
      () => ['a', 'a'],
      () => logger.warn('y'),
    );
    expect(lines.map(({ fields }) => fields)).toEqual([
      { correlationIds: [hashReference('a'), hashReference('b')] },
      { correlationId: hashReference('a') },
    ]);
  });

  it('is left out outside of any correlation', async () => {
    await withCorrelation(() => ['a'], tick);
    logger.error('later');
    expect(lines).toEqual([{ message: 'later', fields: {} }]);
  });

  it('is not computed for a line that is not written', () => {
    const ids = vi.fn(() => ['a']);
    withCorrelation(ids, () => undefined);
    expect(ids).not.toHaveBeenCalled();
  });
});

describe('the correlation id', () => {
  it.each([
    [
      'the one that the producer gives',
      { detail: { metadata: { eventId: 'e-1', correlationId: 'c-1' } } },
      'c-1',
    ],
    ['the id of the event', { detail: { metadata: { eventId: 'e-1', correlationId: 7 } } }, 'e-1'],
  ])('of a message that may be malformed is %s', (_what, entry, id) => {
    expect(parseCorrelationId(JSON.stringify(entry))).toBe(id);
  });

  it.each(['', 'no JSON', 'null', '[]', '{"detail":null}', '{"detail":{"metadata":{}}}'])(
    'of a message that has none is the message itself: %s',
    (body) => expect(parseCorrelationId(body)).toBe(body),
  );
});
