import { describe, expect, it } from 'vitest';
import { asHistory } from '../../../cli/entries/as-history.ts';
import { parseText } from '../../../shared/entries/index.ts';
import { buildEntry, now } from '../../support/events.ts';

const event = buildEntry({ type: 'LeadActivityRecorded', data: { activity: 'demo_requested' } });
const parse = (value: unknown) => asHistory(parseText(JSON.stringify(value), now));

describe('an event that is sent as history', () => {
  it('is marked, in what is sent as in what is judged', () => {
    const parsed = parse(event);
    if (parsed.kind !== 'entry') throw new Error('rejected');
    const marked = { ...event.detail, metadata: { ...event.detail.metadata, backfill: true } };
    expect(parsed.event).toEqual({ ...event, detail: marked });
    expect(JSON.parse(parsed.entry.Detail ?? '')).toEqual(marked);
  });

  it.each([
    ['has no metadata', { ...event, detail: { data: {} } }],
    ['has metadata that are none', { ...event, detail: { metadata: 'x' } }],
  ])('stays as it is if it %s, to be quarantined with its reason', (_, given) => {
    expect(parse(given)).toEqual(parseText(JSON.stringify(given), now));
  });

  it('stays rejected if the bus would refuse it', () =>
    expect(parse({ ...event, source: 'aws.events' })).toMatchObject({ kind: 'rejected' }));
});
