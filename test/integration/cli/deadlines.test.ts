import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusEvent } from '../../../events/index.ts';
import { buildEntry } from '../../support/events.ts';
import { smallDocument } from '../../support/models.ts';
import { sluice } from '../../support/sluice-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-deadlines-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

// The instants of this test are of March 2026, such as 02T09.
const at = (hour: string): string => `2026-03-${hour}:00:00.000Z`;

const model = () => {
  const { policy, ...small } = smallDocument();
  const [handOff, ...others] = policy.rules;
  return {
    ...small,
    policy: {
      ...policy,
      rules: [{ ...handOff, action: { kind: 'handoff', queue: 'sales', dueHours: 8 } }, ...others],
      deadlines: {
        // biome-ignore lint/suspicious/noThenProperty: the word of the model's language; a document is never awaited.
        then: { sales: [{ remindHours: 2 }, { recycle: true }] },
        pausedBy: ['trial_started'],
        resumedBy: ['trial_ended'],
      },
      nurture: { tierCooldownHours: 72 },
    },
  };
};

let number = 0;
const happen = (leadId: string, hour: string, type: string, data: object) =>
  buildEntry({ type, data: { leadId, ...data }, at: at(hour), id: `e-${number++}` } as never);
const profile = (leadId: string, hour: string, seniority: string) =>
  happen(leadId, hour, 'LeadProfileUpdated', { attributes: { seniority } });
const did = (leadId: string, hour: string, activity: string) =>
  happen(leadId, hour, 'LeadActivityRecorded', { activity });
const handedOff = (leadId: string) => [
  profile(leadId, '02T09', 'executive'),
  did(leadId, '02T09', 'demo_requested'),
];

const events = [
  ...handedOff('forgotten'),
  ...handedOff('paused'),
  did('paused', '02T10', 'trial_started'),
  did('paused', '03T10', 'trial_ended'),
  ...handedOff('flapping'),
  profile('flapping', '02T12', 'junior'),
  profile('flapping', '03T09', 'executive'),
];

describe('the deadlines of hand-offs, on a stack whose clock is moved', () => {
  let announced: BusEvent<string, Record<string, unknown>>[];
  beforeAll(async () => {
    writeFileSync(path('model.json'), JSON.stringify(model()));
    writeFileSync(path('events.jsonl'), events.map((event) => JSON.stringify(event)).join('\n'));
    const { code, stderr } = await sluice(
      ...['replay', path('events.jsonl'), '--model', path('model.json'), '--until', at('05T12')],
      ...['--emitted', path('emitted.jsonl'), '--json'],
    );
    expect(`${code} ${stderr}`).toMatch(/^0 /);
    const lines = readFileSync(path('emitted.jsonl'), 'utf8').trimEnd().split('\n');
    announced = lines.map((line) => JSON.parse(line));
  }, 120_000);

  const list = (leadId: string, type: string) =>
    announced
      .filter(({ detail }) => detail.data.leadId === leadId)
      .filter((event) => event['detail-type'] === type)
      .map(({ detail: { metadata, data } }) => ({ at: metadata.occurredAt, ...data }));

  it('recycle a lead that nobody answered, and start its track', () => {
    expect(list('forgotten', 'HandoffExpired')).toMatchObject([
      { at: at('02T17'), deadline: 1, followedBy: 'remind', nextDueAt: at('02T19') },
      { at: at('02T19'), deadline: 2, followedBy: 'recycle' },
    ]);
    expect(list('forgotten', 'LeadStageTransitioned').at(-1)).toMatchObject({
      ...{ at: at('02T19'), stage: 'lead', status: 'recycled', trigger: 'handoff-expired' },
    });
    expect(list('forgotten', 'NurtureStarted').at(-1)).toMatchObject({ at: at('02T19'), track: 'recycled' });
  });

  it('stand still while an activity pauses them', () => {
    expect(list('paused', 'HandoffDeadlineMoved')).toMatchObject([
      { at: at('02T10'), effect: 'paused', activity: 'trial_started' },
      { at: at('03T10'), effect: 'resumed', activity: 'trial_ended' },
    ]);
    expect(list('paused', 'HandoffExpired')).toMatchObject([
      { at: at('03T17'), followedBy: 'remind' },
      { at: at('03T19'), followedBy: 'recycle' },
    ]);
  });

  it('count from when the cooldown of the tier is over, for a lead that comes back', () => {
    expect(list('flapping', 'HandoffRequested')).toMatchObject([
      { at: at('02T09'), dueAt: at('02T17') },
      { at: at('05T09'), dueAt: at('05T17') },
    ]);
    expect(list('flapping', 'HandoffExpired')).toEqual([]);
  });
});
