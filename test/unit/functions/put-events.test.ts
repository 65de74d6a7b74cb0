import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { apiLimits } from '../../../events/api/index.ts';
import {
  canarySource,
  inboundContracts,
  inboundPattern,
  internalContracts,
  parseInbound,
} from '../../../events/index.ts';
import { compilePattern } from '../../../infra/local/pattern.ts';
import type { GatewayAnswer } from '../../../shared/api/index.ts';
import { parseEntry } from '../../../shared/entries/index.ts';
import { bodyOf, type RequestProps } from '../../support/api-request.ts';
import { deliver, loadLead } from '../../support/deliveries.ts';
import { buildEntry, now } from '../../support/events.ts';
import { hostileVersionOf } from '../../support/hostile.ts';
import { seeded } from '../../support/seed.ts';
import { brokenBus, createTakingWorld, problemOf, type TakingWorld } from '../../support/taking-requests.ts';

let world: TakingWorld;
beforeEach(() => {
  world = createTakingWorld();
});

const did = (id: string, more: object = {}) => ({
  ...buildEntry({ type: 'LeadActivityRecorded', data: { activity: 'demo_requested' }, id }),
  ...more,
});
const send = (body: unknown, props: RequestProps = {}) => world.send('putEvents', { body, ...props });
const lines = (text: string, props: RequestProps = {}) =>
  send(text, { ...props, headers: { 'content-type': 'application/x-ndjson', ...props.headers } });
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });
const takenIds = () => world.taken.map(({ detail }) => detail.metadata.eventId);

/** Returns the parts of an answer, after a check that it is as described. */
const read = (answer: GatewayAnswer) => {
  expect(answer.statusCode).toBe(200);
  const parsed = answers.putEvents.safeParse(bodyOf(answer));
  expect(parsed.error?.issues).toBeUndefined();
  const { results, ...counts } = bodyOf(answer);
  return { results, counts };
};

const expectNothingDone = (): void => {
  expect(world.taken).toEqual([]);
  expect(world.stored()).toEqual([]);
};

describe('a request with events', () => {
  it('takes a source that only looks like one of Sluice', async () => {
    expect(read(await send([did('a-1', { source: 'sluicegate' })])).counts.accepted).toBe(1);
  });

  it('puts them on the bus as they came, and answers for each', async () => {
    const { results, counts } = read(await send([did('a-1'), did('a-2')]));
    expect(counts).toEqual({ accepted: 2, refused: 0, unavailable: 0 });
    expect(results).toEqual([
      { index: 0, eventId: 'a-1', result: 'accepted' },
      { index: 1, eventId: 'a-2', result: 'accepted' },
    ]);
    expect(world.taken).toEqual([did('a-1'), did('a-2')]);
    for (const event of world.taken) expect(compilePattern(inboundPattern)(event)).toBe(true);
    await world.settle();
    expect(await loadLead(world.scoring, 'l-1')).toMatchObject({ version: 2 });
  });

  it('may be one event, JSON lines, or entries of PutEvents', async () => {
    await send(did('a-1'));
    await lines(`${JSON.stringify(did('a-2'))}\r\n\n${JSON.stringify(did('a-3'))}`);
    const { source, time, detail, 'detail-type': type } = did('a-4');
    await send([{ Source: source, DetailType: type, Time: time, Detail: JSON.stringify(detail) }]);
    expect(takenIds()).toEqual(['a-1', 'a-2', 'a-3', 'a-4']);
    expect(world.taken[3]).toEqual(did('a-4'));
  });

  it('gives an event without a time that of its arrival', async () => {
    await send([did('a-1', { time: undefined })]);
    expect(world.taken[0]?.time).toBe(new Date(now).toISOString());
  });

  it('hands them to the bus a hundred at once', async () => {
    const calls: number[] = [];
    world = createTakingWorld(() => ({
      publish: async (events) => {
        calls.push(events.length);
        return [];
      },
    }));
    await send(Array.from({ length: 250 }, (_, i) => did(`a-${i}`)));
    expect(calls).toEqual([100, 100, 50]);
  });

  it('may be sent again: the events are recorded once', async () => {
    for (const _ of [1, 2]) read(await send([did('a-1')]));
    await world.settle();
    expect(await world.scoring.findEvents('l-1')).toHaveLength(1);
    expect(world.scoring.quarantined).toEqual([]);
  });
});

describe('an event that is refused', () => {
  it('is refused alone, with all that is wrong about it', async () => {
    const bad = did('a-2', {
      detail: {
        metadata: { eventId: 'a-2', occurredAt: 'yesterday', schemaVersion: 1 },
        data: { leadId: 'l 1', activity: 'demo' },
      },
    });
    const { results, counts } = read(await send([did('a-1'), bad, did('a-3')]));
    expect(counts).toEqual({ accepted: 2, refused: 1, unavailable: 0 });
    expect(results[1]).toMatchObject({
      index: 1,
      eventId: 'a-2',
      result: 'refused',
      code: 'malformed',
      problems: [{ path: 'detail.metadata.occurredAt' }, { path: 'detail.data.leadId' }],
    });
    expect(takenIds()).toEqual(['a-1', 'a-3']);
  });

  it('is a line that is no JSON, and no other line', async () => {
    const { results } = read(
      await lines(`${JSON.stringify(did('a-1'))}\n{"source":\n${JSON.stringify(did('a-3'))}`),
    );
    expect(results[1]).toMatchObject({ index: 1, result: 'refused', code: 'not-json' });
    expect(takenIds()).toEqual(['a-1', 'a-3']);
  });

  const withMetadata = (more: object) =>
    did('a-1', { detail: { ...did('a-1').detail, metadata: { ...did('a-1').detail.metadata, ...more } } });
  it.each([
    ['has no instant', withMetadata({ occurredAt: undefined }), 'malformed', 'detail.metadata.occurredAt'],
    [
      'is ahead of the clock',
      withMetadata({ occurredAt: '2026-06-01T00:05:00.001Z' }),
      'ahead-of-time',
      'detail.metadata.occurredAt',
    ],
    ['has no id', withMetadata({ eventId: '' }), 'malformed', 'detail.metadata.eventId'],
    ['has an unknown type', did('a-1', { 'detail-type': 'LeadDidSomething' }), 'unknown-type', 'detail-type'],
    ['announces', did('a-1', { 'detail-type': 'LeadTierChanged' }), 'unknown-type', 'detail-type'],
    ['poses as Sluice', did('a-1', { source: 'sluice' }), 'malformed', 'source'],
    ['poses as the canary', did('a-1', { source: canarySource }), 'malformed', 'source'],
    ['poses as the API', did('a-1', { source: 'sluice.api' }), 'malformed', 'source'],
    ['poses as a command', did('a-1', { source: 'sluice.cli' }), 'malformed', 'source'],
    ['poses as AWS', did('a-1', { source: 'aws.s3' }), 'malformed', 'source'],
    ['has no source', did('a-1', { source: undefined }), 'malformed', 'source'],
    ['is no object', 7, 'malformed', '(the whole)'],
  ] as const)('%s', async (_what, event, code, path) => {
    const { results } = read(await send([event]));
    expect(results[0]).toMatchObject({ result: 'refused', code, problems: [{ path }] });
    expectNothingDone();
  });

  it.each(Object.keys(internalContracts))('has a type for messages within Sluice: %s', async (type) => {
    const { results } = read(await send([did('a-1', { 'detail-type': type })]));
    expect(results[0]).toMatchObject({ result: 'refused', code: 'reserved-type' });
    expectNothingDone();
  });

  it.each([
    ['LeadErasureRequested', 'DELETE /api/leads/{id}'],
    ['LeadsMerged', 'POST /api/leads/{id}/merge'],
    ['LeadRescoreRequested', 'the command sluice rescore'],
    ['LeadIdentified', 'POST /hooks/{source}'],
  ] as const)(
    'is refused if its type needs rights of its own, with the way to them: %s',
    async (type, way) => {
      const event = { ...inboundContracts[type].sampleEvent };
      const { source, time, detail } = event;
      for (const given of [event, { Source: source, DetailType: type, Time: time, Detail: detail }]) {
        const { results } = read(await send([given], { role: 'service' }));
        expect(results[0]).toMatchObject({ result: 'refused', code: 'reserved-type' });
        expect(results[0].problems[0].allowed).toContain(way);
      }
      expectNothingDone();
    },
  );

  it('is named by no more than its first problems', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`x${i}`, i]));
    const { results } = read(await send([did('a-1', { detail: { ...did('a-1').detail, ...many } })]));
    expect(results[0].problems).toHaveLength(apiLimits.problemsPerEvent);
  });

  it('is one that is nested deeply, whose request is answered all the same', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const text = JSON.stringify(did('a-1')).replace('"demo_requested"', deep);
    const { results } = read(await lines(`${text}\n${JSON.stringify(did('a-2'))}\n${deep}`, keyed('k-1')));
    expect(results.map(({ result }: { result: string }) => result)).toEqual([
      'refused',
      'accepted',
      'refused',
    ]);
  });

  it('is one that the bus would refuse for its size', async () => {
    const text = 'x'.repeat(1_048_576);
    const answers = { need: { value: 'yes', text } };
    const { results } = read(
      await send([did('a-1', { detail: { ...did('a-1').detail, data: { answers } } })]),
    );
    expect(results[0]).toMatchObject({ result: 'refused', code: 'too-large' });
    expectNothingDone();
  });
});

describe('a request with events that is refused as a whole', () => {
  it.each([
    ['without credentials', [did('a-1')], { role: 'nobody' }, '403 forbidden'],
    ['by a seller', [did('a-1')], { role: 'seller' }, '403 forbidden'],
    ['without events', [], {}, '400 invalid-request'],
    ['with too many', Array(apiLimits.events + 1).fill(7), {}, '400 invalid-request'],
    ['that is no JSON', '[{"source":', {}, '400 invalid-request'],
    ['with too large a body', [did('a-1'), 'x'.repeat(apiLimits.eventsBytes)], {}, '413 too-large'],
    [
      'of another media type',
      'a,b',
      { headers: { 'content-type': 'text/csv' } },
      '415 unsupported-media-type',
    ],
    ['with a bad key', [did('a-1')], keyed('k 1'), '400 invalid-request'],
  ] as const)('%s', async (_what, body, props, problem) => {
    expect(problemOf(await send(body, props))).toBe(problem);
    expectNothingDone();
  });
});

describe('events with a key', () => {
  it('are put again when they are sent again, under their own ids', async () => {
    const first = read(await send([did('a-1')], keyed('k-1')));
    expect(read(await send([did('a-1')], keyed('k-1')))).toEqual(first);
    expect(world.taken).toEqual([did('a-1'), did('a-1')]);
    expect(world.stored()).toHaveLength(1);
  });

  it('are refused if the key belongs to others, also at once', async () => {
    const answered = await Promise.all([send([did('a-1')], keyed('k-1')), send([did('a-2')], keyed('k-1'))]);
    expect(answered.map(problemOf).toSorted()).toEqual(['422 key-reused', undefined]);
    expect(world.taken).toHaveLength(1);
    expect(problemOf(await send([did('a-3')], keyed('k-1')))).toBe('422 key-reused');
    expect(world.taken).toHaveLength(1);
  });

  it('leave the key free if all of them are refused', async () => {
    read(await send([did('a-1', { source: '' })], keyed('k-1')));
    expectNothingDone();
    expect(read(await send([did('a-1')], keyed('k-1'))).counts.accepted).toBe(1);
  });
});

describe('a bus that is in trouble', () => {
  it('names the events that it did not take', async () => {
    world = createTakingWorld(() => ({ publish: async () => [1] }));
    const { results, counts } = read(
      await send([did('a-1'), did('x', { source: '' }), did('a-2'), did('a-3')]),
    );
    expect(counts).toEqual({ accepted: 2, refused: 1, unavailable: 1 });
    expect(results.map(({ result }: { result: string }) => result)).toEqual([
      'accepted',
      'refused',
      'unavailable',
      'accepted',
    ]);
  });

  it('fails the request if it takes none, which may be sent again with its key', async () => {
    let isDown = true;
    world = createTakingWorld((taken) => ({
      publish: async (events) => {
        if (isDown) return brokenBus().publish(events);
        taken.push(...events);
        return [];
      },
    }));
    expect(problemOf(await send([did('a-1')], keyed('k-1')))).toBe('503 unavailable');
    isDown = false;
    expect(read(await send([did('a-1')], keyed('k-1'))).counts.accepted).toBe(1);
    expect(takenIds()).toEqual(['a-1']);
  });

  it('is asked no more once it takes none', async () => {
    const calls: number[] = [];
    world = createTakingWorld(() => ({
      publish: async (events) => {
        calls.push(events.length);
        return calls.length === 1 ? [7] : brokenBus().publish(events);
      },
    }));
    const { results, counts } = read(await send(Array.from({ length: 301 }, (_, i) => did(`a-${i}`))));
    expect(calls).toEqual([100, 100]);
    expect(counts).toEqual({ accepted: 99, refused: 0, unavailable: 202 });
    const unavailable = results.filter(({ result }: { result: string }) => result === 'unavailable');
    expect(unavailable.map(({ index }: { index: number }) => index).slice(0, 3)).toEqual([7, 100, 101]);
  });

  it('is not asked at all if every event is refused', async () => {
    world = createTakingWorld(brokenBus);
    expect(read(await send([7])).counts).toEqual({ accepted: 0, refused: 1, unavailable: 0 });
  });
});

/** JSON texts of events: valid ones, and such with anything wrong about them. */
const samples = Object.values(inboundContracts).map(({ sampleEvent }) => sampleEvent);
const given = fc.array(
  fc.oneof(
    fc.constantFrom(...samples.map((sample) => JSON.stringify(sample))),
    hostileVersionOf(samples),
    fc.json(),
    fc.string(),
  ),
  { minLength: 1, maxLength: 12 },
);

describe('any mix of events', () => {
  it('is judged as a file is (I17), each answered, and those that are refused never reach the bus', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (texts) => {
        world.taken.length = 0;
        const sent = texts
          .map((text) =>
            text
              .toWellFormed()
              .replaceAll(/[\r\n]/g, ' ')
              .trim(),
          )
          .filter((text) => text !== '');
        fc.pre(sent.length > 0);
        const answer = await lines(sent.join('\n'));
        const { counts, results } = read(answer);
        expect(counts.accepted + counts.refused).toBe(sent.length);
        expect(world.taken).toHaveLength(counts.accepted);
        for (const event of world.taken) expect(parseInbound(event, now).ok).toBe(true);
        const accepted = results.flatMap(({ result, index }: { result: string; index: number }) =>
          result === 'accepted' ? [sent[index]] : [],
        );
        const byFile = accepted.map((text: string) => parseEntry({ text }, now));
        expect(world.taken.map(({ detail }) => JSON.stringify(detail))).toEqual(
          byFile.map(
            (parsed: ReturnType<typeof parseEntry>) => parsed.kind === 'entry' && parsed.entry.Detail,
          ),
        );
      }),
      { ...seeded(), numRuns: 300 },
    );
  });

  it('gives the same facts by the API and by the bus (I17)', async () => {
    const events = [
      buildEntry({
        type: 'LeadProfileUpdated',
        data: { attributes: { jobTitle: '  Head\u00a0', employees: '0240' } },
      }),
      buildEntry({
        type: 'LeadAnswersRecorded',
        data: { answers: { budget: { value: 'Approved ' } } },
        id: 'e-2',
      }),
    ];
    await send(events);
    await world.settle();
    const other = createTakingWorld();
    await deliver(other.scoring, ...events);
    const byBus = await loadLead(other.scoring, 'l-1');
    expect(byBus).toBeDefined();
    // Each entry has a salt of its own, and so has the head of the ledger.
    expect(await loadLead(world.scoring, 'l-1')).toEqual({ ...byBus, head: expect.any(String) });
  });
});
