import { describe, expect, it } from 'vitest';
import {
  findBegun,
  judgeAgain,
  type Lead,
  readStanding,
  type TimelineEntry,
} from '../../../console/pages/try-it/trace.ts';

type Action = Lead['action'];
type Given = Partial<Lead> & Pick<Lead, 'handoffs' | 'nurture'>;

const handoff: Action = { kind: 'handoff', queue: 'sales', dueHours: 24 };
const nurture: Action = { kind: 'nurture', track: 'basics' };

const entryOf = (action: Action, before?: Action): TimelineEntry =>
  ({
    kind: 'decided',
    eventId: 'e-1',
    occurredAt: '2026-03-01T09:00:00.000Z',
    standing: { action },
    ...(before !== undefined && { before: { action: before } }),
  }) as unknown as TimelineEntry;

const leadOf = (given: Given): Lead => given as Lead;
const nothing = readStanding(undefined);
const open = (...ids: string[]): Given => ({
  handoffs: ids.map((id) => ({ id, handoffId: id, status: 'open' })),
  nurture: null,
});

describe('what begins after an event', () => {
  it('is a hand-off that was not there before', () => {
    const entry = entryOf(handoff);
    expect(findBegun(entry, nothing, leadOf(open('h-1')))).toEqual({ kind: 'handoff', queue: 'sales' });
  });

  it('is not yet known while the lead has only hand-offs of before', () => {
    const before = readStanding(leadOf(open('h-1')));
    expect(findBegun(entryOf(handoff, nurture), before, leadOf(open('h-1')))).toBeUndefined();
  });

  it('is the nurture track that the model asks for, and no other', () => {
    const on = (track: string): Lead => leadOf({ handoffs: [], nurture: { track } });
    expect(findBegun(entryOf(nurture), nothing, on('basics'))).toEqual({ kind: 'nurture', track: 'basics' });
    expect(findBegun(entryOf(nurture), nothing, on('other'))).toBeUndefined();
  });

  it('is nothing new if the model asks for the same as before', () => {
    expect(findBegun(entryOf(handoff, handoff), nothing, undefined)).toEqual({ kind: 'same' });
  });

  it('is an end if the model asks for nothing any more', () => {
    expect(findBegun(entryOf({ kind: 'none' }, handoff), nothing, undefined)).toEqual({ kind: 'ended' });
    expect(findBegun(entryOf({ kind: 'none' }), nothing, undefined)).toEqual({ kind: 'nothing-asked' });
  });
});

describe('an event that was sent twice', () => {
  const entry = entryOf(handoff);
  const trace = { eventId: 'e-1', recorded: { at: 0, leadId: 'l-1', entry } };

  it('counts once if the lead has one entry of it and the same version', () => {
    expect(judgeAgain(trace, { entries: [entry], version: 3 }, 3)).toEqual({ kind: 'once', version: 3 });
  });

  it('is not said to change nothing if another event came in between', () => {
    expect(judgeAgain(trace, { entries: [entry], version: 4 }, 3)).toEqual({ kind: 'moved' });
  });

  it('counts twice if the lead has two entries of it', () => {
    expect(judgeAgain(trace, { entries: [entry, entry], version: 4 }, 3)).toEqual({
      kind: 'twice',
      count: 2,
    });
  });
});
