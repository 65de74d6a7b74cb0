import { describe, expect, it } from 'vitest';
import { said, useSandbox } from './sandbox.ts';

const { imported, run } = useSandbox();

const views = {
  type: 'LeadActivityRecorded',
  activity: { fixed: 'page_visited' },
  total: 'Views',
};
const mapping = (...events: object[]) => ({ source: 'crm', leadId: 'id', occurredAt: 'Created', events });
const csv = (total: string) => `id,Created,Views\n1,2025-01-07,${total}\n`;
const march = { asOf: '2026-03-01T00:00:00.000Z' };

describe('a total', () => {
  it('is of the instant of the export, not of that of the row', async () => {
    const { entries } = await imported(mapping(views), csv('"1,204"').replace('"1,204"', '1204'), march);
    expect(entries.map(({ time }) => time)).toEqual(['2026-03-01T00:00:00Z']);
    expect(entries.map(said)).toEqual([{ activity: 'page_visited', total: 1204 }]);
  });

  it('may be of a date that the row has', async () => {
    const { entries } = await imported(mapping({ ...views, at: 'Created' }), csv('5'));
    expect(entries.map(({ time }) => time)).toEqual(['2025-01-07T00:00:00Z']);
  });

  it('needs one of them', async () => {
    await expect(run(mapping(views), csv('5'))).rejects.toThrow(
      'events[0].at: given no --as-of; allowed: with --as-of, the instant for which the file was exported',
    );
  });

  it('may be nought, and says nothing if it is empty', async () => {
    expect((await imported(mapping(views), csv('0'), march)).entries.map(said)).toEqual([
      { activity: 'page_visited', total: 0 },
    ]);
    const { entries, rejects } = await imported(mapping(views), csv(''), march);
    expect([entries, rejects]).toEqual([[], []]);
  });

  it.each(['-1', '2.5', 'many'])('is no %s', async (total) => {
    const { rejects } = await imported(mapping(views), csv(total), march);
    expect(rejects).toHaveLength(1);
  });

  it('goes without a count', async () => {
    await expect(run(mapping({ ...views, count: 'Views' }), csv('5'), march)).rejects.toThrow(
      'either "count" or "total"',
    );
  });

  it('is the same event when the same export is imported again, and another one a week later', async () => {
    const ids = async (total: string, asOf: string) =>
      (await imported(mapping(views), csv(total), { asOf })).entries.map(
        ({ detail: { metadata } }) => `${metadata.occurredAt} ${metadata.eventId}`,
      );
    const first = await ids('5', march.asOf);
    expect(await ids('5', march.asOf)).toEqual(first);
    expect(await ids('6', march.asOf)).not.toEqual(first);
    expect(await ids('5', '2026-03-08T00:00:00.000Z')).not.toEqual(first);
  });
});

describe('the state of things as of an export', () => {
  it('can be the time of any event', async () => {
    const stage = { type: 'LeadStageChanged', stage: { fixed: 'mql' }, at: { asOf: true } };
    const { entries } = await imported(mapping(stage), csv('5'), march);
    expect(entries.map(({ time }) => time)).toEqual(['2026-03-01T00:00:00Z']);
    await expect(run(mapping(stage), csv('5'))).rejects.toThrow('given no --as-of');
  });
});

describe('a deal', () => {
  it('is named by its stage and its outcome', async () => {
    const events = [
      { type: 'LeadStageChanged', stage: { fixed: 'opportunity' }, dealId: 'deal' },
      { type: 'LeadOutcomeRecorded', outcome: { fixed: 'won' }, dealId: 'deal' },
    ];
    const { entries } = await imported(
      mapping(...events),
      'id,Created,deal\n1,2025-01-07,D-7\n2,2025-01-07,\n',
    );
    expect(entries.map(said)).toEqual([
      { stage: 'opportunity', dealId: 'D-7' },
      { outcome: 'won', dealId: 'D-7' },
      { stage: 'opportunity' },
      { outcome: 'won' },
    ]);
  });
});
