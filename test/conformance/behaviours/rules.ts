import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { type AppBehaviour, type Deploy, from } from '../behaviour.ts';
import { collect } from './inbox.ts';
import { catchRefusal } from './refusals.ts';
import { quiet, until } from './until.ts';

const guide = 'eventbridge/latest/userguide';
const patterns = from<Deploy>(`${guide}/eb-create-pattern-operators.html`);
const structure = from<Deploy>(`${guide}/eb-events-structure.html`);
const rule = from<Deploy>(`${guide}/eb-rules.html`);
const put = from<Deploy>('eventbridge/latest/APIReference/API_PutEvents.html');

const buildHappening = (detail: object, source = 'web') => ({
  Source: source,
  DetailType: 'Happened',
  Detail: JSON.stringify(detail),
});

/** The matchers of a field `f`, values that match, and values that don't. `undefined` leaves the field out. */
type Case = readonly [
  name: string,
  matchers: readonly unknown[],
  takes: readonly unknown[],
  leaves: readonly unknown[],
];

const cases: readonly Case[] = [
  [
    'values',
    ['a', 5, true, null],
    ['a', 5, true, null, ['x', 'a']],
    ['A', '5', false, 'null', undefined, {}],
  ],
  ['prefix', [{ prefix: 'ab' }], ['ab', 'abc'], ['AB', 'xab', 7, undefined]],
  ['suffix', [{ suffix: 'bc' }], ['bc', 'abc'], ['bcd', undefined]],
  ['equals-ignore-case', [{ 'equals-ignore-case': 'Abc' }], ['abc', 'ABC'], ['abcd']],
  ['anything-but', [{ 'anything-but': ['a', 'b'] }], ['c', 1], ['a', 'b', undefined]],
  ['anything-but a number', [{ 'anything-but': 1 }], [2, '1'], [1]],
  ['anything-but a prefix', [{ 'anything-but': { prefix: 'ab' } }], ['b'], ['abc']],
  ['anything-but a suffix', [{ 'anything-but': { suffix: 'ab' } }], ['b'], ['cab']],
  ['numeric', [{ numeric: ['>', 0, '<=', 5] }], [5, 0.1], [0, 6, '3']],
  ['exists', [{ exists: true }], ['a', null, 0], [undefined, {}]],
  ['exists not', [{ exists: false }], [undefined, {}], ['a', null]],
  ['wildcard', [{ wildcard: 'a*c' }], ['ac', 'abbc'], ['abcd', 'c']],
  ['cidr', [{ cidr: '10.0.0.0/24' }], ['10.0.0.7'], ['10.0.1.7', 'x']],
  ['several', ['x', { prefix: 'a' }, { exists: false }], ['x', 'ab', undefined], ['b']],
];

const withF = (value: unknown) => (value === undefined ? {} : { f: value });

const operator = ([name, matchers, takes, leaves]: Case): AppBehaviour =>
  patterns(`a pattern matches by ${name}`, async (deploy) => {
    const app = await deploy({
      queues: { Matched: { visibilityTimeout: 60 } },
      rules: [{ pattern: { detail: { f: matchers } }, queue: 'Matched' }],
    });
    const details = [...takes, ...leaves].map((value, index) => ({ ...withF(value), index }));
    for (const detail of details) await app.putEvents(buildHappening(detail));
    const matched = await collect(app, 'Matched', takes.length);
    await sleep(300);
    const all = [...matched, ...(await app.receive('Matched'))].map(
      ({ Body }) => JSON.parse(Body ?? '').detail,
    );
    expect(all.toSorted((a, b) => a.index - b.index)).toEqual(details.slice(0, takes.length));
  });

export const rules: readonly AppBehaviour[] = [
  ...cases.map(operator),
  patterns('a pattern matches by $or beside other fields', async (deploy) => {
    const pattern = { source: ['web'], detail: { $or: [{ x: [1] }, { y: { z: [2] } }] } };
    const app = await deploy({
      queues: { Matched: { visibilityTimeout: 60 } },
      rules: [{ pattern, queue: 'Matched' }],
    });
    await app.putEvents(
      buildHappening({ x: 1 }),
      buildHappening({ y: { z: 2 } }),
      buildHappening({ x: 2 }),
      buildHappening({ x: 1 }, 'other'),
    );
    const matched = await collect(app, 'Matched', 2);
    await sleep(300);
    expect(await app.receive('Matched')).toEqual([]);
    expect(matched.map(({ Body }) => JSON.parse(Body ?? '').detail)).toEqual(
      expect.arrayContaining([{ x: 1 }, { y: { z: 2 } }]),
    );
  }),
  patterns('a pattern takes all fields of an object in an array from the same element', async (deploy) => {
    const pattern = { detail: { list: { x: [1], y: [2] } } };
    const app = await deploy({
      queues: { Matched: { visibilityTimeout: 60 } },
      rules: [{ pattern, queue: 'Matched' }],
    });
    await app.putEvents(
      buildHappening({ list: [{ x: 1 }, { y: 2 }] }),
      buildHappening({ list: [{ z: 1 }, { x: 1, y: 2 }] }),
    );
    const matched = await collect(app, 'Matched', 1);
    await sleep(300);
    expect(await app.receive('Matched')).toEqual([]);
    expect(matched.map(({ Body }) => JSON.parse(Body ?? '').detail)).toEqual([
      { list: [{ z: 1 }, { x: 1, y: 2 }] },
    ]);
  }),
  ...[
    { f: [] },
    { f: 'a' },
    { f: [{ like: 'a' }] },
    { f: [{ prefix: ['a', 'b'] }] },
    { f: [{ numeric: ['!', 1] }] },
  ].map((detail) =>
    patterns(`the pattern ${JSON.stringify(detail)} is refused`, async (deploy) => {
      await catchRefusal(
        deploy({ queues: { Matched: {} }, rules: [{ pattern: { detail }, queue: 'Matched' }] }),
      );
    }),
  ),
  rule('an event goes to the queue of each rule that it matches, once a rule', async (deploy) => {
    const app = await deploy({
      queues: { One: { visibilityTimeout: 60 }, Two: { visibilityTimeout: 60 } },
      rules: [
        { pattern: { source: ['web'] }, queue: 'One' },
        { pattern: { source: [{ prefix: '' }] }, queue: 'Two' },
        { pattern: { 'detail-type': ['Happened'] }, queue: 'Two' },
        { pattern: { source: ['mail'] }, queue: 'One' },
      ],
    });
    await app.putEvents(buildHappening({ n: 1 }));
    await collect(app, 'Two', 2);
    await collect(app, 'One', 1);
    await sleep(300);
    expect([await app.receive('One'), await app.receive('Two')]).toEqual([[], []]);
  }),
  rule('a rule that is disabled sends nothing', async (deploy) => {
    const app = await deploy({
      queues: { Off: {}, On: { visibilityTimeout: 60 } },
      rules: [
        { pattern: { source: ['web'] }, queue: 'Off', disabled: true },
        { pattern: { source: ['web'] }, queue: 'On' },
      ],
    });
    await app.putEvents(buildHappening({}));
    await collect(app, 'On', 1);
    await quiet();
    expect(await app.receive('Off')).toEqual([]);
  }),
  structure(
    'a target gets the event with id, account, region, time in whole seconds, and its detail',
    async (deploy) => {
      const app = await deploy({
        queues: { Matched: {} },
        rules: [{ pattern: { source: ['web'] }, queue: 'Matched' }],
      });
      const Time = new Date('2026-03-01T09:00:00.789Z');
      const { Entries } = await app.putEvents({
        ...buildHappening({ deep: { list: [1, null] } }),
        Time,
        Resources: ['arn:aws:x'],
      });
      const [message] = await collect(app, 'Matched', 1);
      expect(JSON.parse(message?.Body ?? '')).toEqual({
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'Happened',
        source: 'web',
        account: expect.stringMatching(/^\d{12}$/),
        time: '2026-03-01T09:00:00Z',
        region: expect.stringMatching(/^[a-z]+-[a-z]+-\d$/),
        resources: ['arn:aws:x'],
        detail: { deep: { list: [1, null] } },
      });
    },
  ),
  put('an entry whose detail is no JSON object fails alone', async (deploy) => {
    const app = await deploy({
      queues: { Matched: { visibilityTimeout: 60 } },
      rules: [{ pattern: { source: ['web'] }, queue: 'Matched' }],
    });
    const bad = { ...buildHappening({}), Detail: '{"no' };
    const { FailedEntryCount, Entries } = await app.putEvents(
      buildHappening({ n: 1 }),
      bad,
      buildHappening({ n: 3 }),
    );
    expect(FailedEntryCount).toBe(1);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([undefined, 'MalformedDetail', undefined]);
    const matched = await collect(app, 'Matched', 2);
    expect(matched.map(({ Body }) => JSON.parse(Body ?? '').detail.n).toSorted()).toEqual([1, 3]);
  }),
  put('a request takes ten entries and no more', async (deploy) => {
    const app = await deploy({
      queues: { Matched: {} },
      rules: [{ pattern: { source: ['web'] }, queue: 'Matched' }],
    });
    const eleven = Array.from({ length: 11 }, (_, n) => buildHappening({ n }));
    expect((await catchRefusal(app.putEvents(...eleven))).name).toMatch(/^Validation/);
    expect((await app.putEvents(...eleven.slice(1))).FailedEntryCount).toBe(0);
    await until(
      () => collect(app, 'Matched', 10),
      ({ length }) => length === 10,
    );
  }),
  put('an entry without a source fails, as one with a source of AWS does', async (deploy) => {
    const app = await deploy({ queues: {}, rules: [] });
    const { Entries } = await app.putEvents(
      { ...buildHappening({}), Source: '' },
      buildHappening({}, 'aws.ec2'),
      buildHappening({}),
    );
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'InvalidArgument',
      'NotAuthorizedForSourceException',
      undefined,
    ]);
  }),
];
