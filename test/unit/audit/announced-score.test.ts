import { describe, expect, it } from 'vitest';
import { decide } from '../../../shared/lead/index.ts';
import type { DecidedEntry } from '../../../shared/ledger/index.ts';
import { describeChanges, describeReasons } from '../../../shared/timeline/index.ts';
import { buildSignal } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

describe('the announcement of a score', () => {
  const { policy, ...small } = smallDocument();
  const model = compileDocument({ ...small, policy: { ...policy, announceScore: { points: 5 } } });
  const executive = buildSignal({
    type: 'LeadProfileUpdated',
    data: { attributes: { seniority: 'executive' } },
  });
  const before = decide(model, undefined, executive);
  const entryAfter = (count: number): DecidedEntry => {
    const event = buildSignal({
      type: 'LeadActivityRecorded',
      data: { activity: 'page_visited', count },
      id: 'v',
    });
    const { decided } = decide(model, before.state, event);
    const position = { leadId: 'l-1', sk: 'EVENT#x', version: 2, ordinal: 0 };
    return { kind: 'decided', ...position, type: event.type, source: event.source, event, ...decided };
  };
  const inWords = (count: number) => {
    const step = { entry: entryAfter(count), before: before.decided.standing };
    return [describeChanges(step), describeReasons(step)];
  };

  it('is shown in the words of a timeline, with its reasons', () =>
    expect(inWords(2)).toEqual([
      'score 40 → 45, its score is announced; the one announced before was 40',
      ['it is an executive (+40)', 'it visited pages in the last 10 days (+5)'],
    ]));

  it('is not told of a score that is near the announced one', () =>
    expect(inWords(1)).toEqual(['score 40 → 42.5', []]));
});
