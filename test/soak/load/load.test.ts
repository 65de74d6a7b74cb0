import { describe, expect, it } from 'vitest';
import { parseInbound } from '../../../events/index.ts';
import { Load } from './load.ts';
import { computeContentId, leadOf, type Offer } from './offer.ts';

const now = Date.parse('2026-06-01T00:00:00.000Z');
const some = 6_000;

const take = (seed: number, count: number): Offer[] => {
  const load = new Load(seed);
  return Array.from({ length: count }, () => load.next());
};

const largest = 256 * 1_024;
const isLarge = ({ entry }: Offer): boolean => JSON.stringify(entry).length > largest;

describe('the load of the soak', () => {
  const offers = take(11, some);
  const types = new Set(offers.map(({ entry }) => entry['detail-type']));

  it('is the same for each seed, and another for another', () => {
    expect(take(11, 500)).toEqual(offers.slice(0, 500));
    expect(take(12, 500)).not.toEqual(offers.slice(0, 500));
  });

  it('has every type of event that producers send', () => {
    expect([...types].sort()).toEqual([
      'HandoffAccepted',
      'HandoffRejected',
      'LeadActivityRecorded',
      'LeadAnswersRecorded',
      'LeadErasureRequested',
      'LeadOutcomeRecorded',
      'LeadProfileUpdated',
      'LeadStageChanged',
      'LeadsMerged',
    ]);
  });

  it('says of each event what must become of it', () => {
    const wrong = offers.filter((offer) => {
      const isTaken = parseInbound(offer.entry, now).ok;
      // An event that is too large for an item is well-formed all the same.
      return isTaken !== (offer.fate !== 'rejected') && !isLarge(offer);
    });
    expect(wrong).toEqual([]);
  });

  it('has duplicates, poison, rivals, hot leads, and events out of order', () => {
    const contents = new Set(offers.map(({ entry }) => computeContentId(entry)));
    expect(offers.length - contents.size).toBeGreaterThan(some / 50);
    expect(offers.filter(({ fate }) => fate === 'rejected').length).toBeGreaterThan(some / 200);
    expect(offers.filter(isLarge).length).toBeGreaterThan(0);
    const contests = Map.groupBy(offers, ({ contest }) => contest?.split(' ')[0]);
    expect([...contests.keys()].sort()).toEqual(['circle', 'rivals', undefined]);
    const hot = offers.filter((offer) => leadOf(offer) === 'hot-1');
    const instants = hot.map(({ entry }) => String(entry.detail.metadata.occurredAt));
    expect(instants.length).toBeGreaterThan(some / 200);
    expect(instants).not.toEqual(instants.toSorted());
  });

  it('lets nothing fall that was put off', () => {
    const load = new Load(11);
    const all = Array.from({ length: some }, () => load.next());
    const rest = load.rest();
    const contests = Map.groupBy(
      [...all, ...rest].filter(({ contest }) => contest?.startsWith('rivals')),
      ({ contest }) => contest,
    );
    const contents = [...contests.values()].map(
      (rivals) => new Set(rivals.map(({ entry }) => computeContentId(entry))).size,
    );
    expect(new Set(contents)).toEqual(new Set([2]));
  });
});
