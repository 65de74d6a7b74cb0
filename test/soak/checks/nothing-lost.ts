import type { Finding } from './finding.ts';
import type { Settled } from './settled.ts';
import type { Stored } from './stored.ts';

const about = ({ event }: Settled): string =>
  `event ${event.contentId} (${event.offer.entry['detail-type']})`;

const i5 = (settled: Settled, sentence: string): Finding => ({
  invariant: 'I5',
  about: about(settled),
  sentence,
});

/** Each event has ended in one place, and in the one that is right for it. */
const checkPlace = (settled: Settled): Finding[] => {
  const { event, isRecorded, isQuarantined } = settled;
  const { fate, contest } = event.offer;
  if (!isRecorded && !isQuarantined) {
    return [i5(settled, event.acknowledged > 0 ? 'was acknowledged and is nowhere' : 'is nowhere')];
  }
  if (isRecorded && isQuarantined) return [i5(settled, 'is in the ledger and in quarantine')];
  if (isQuarantined && fate === 'recorded' && contest === undefined) {
    return [i5(settled, 'is in quarantine, and nothing was wrong with it')];
  }
  return [];
};

const checkContest = (contest: string, rivals: readonly Settled[]): Finding[] => {
  const recorded = rivals.filter(({ isRecorded }) => isRecorded).length;
  if (recorded === 1 || rivals.some(({ isErased }) => isErased)) return [];
  return [{ invariant: 'I1', about: contest, sentence: `${recorded} of ${rivals.length} were recorded` }];
};

/** I5: what was received is in the ledger or in quarantine, and in quarantine is nothing but what has to be there. */
export const checkNothingLost = (stored: Stored, settled: readonly Settled[]): Finding[] => {
  const contests = Map.groupBy(settled, ({ event }) => event.offer.contest);
  const known = new Set(settled.map(({ event }) => event.contentId));
  const strangers = stored.quarantined.filter(({ id }) => !known.has(id));
  return [
    ...settled.flatMap(checkPlace),
    ...[...contests].flatMap(([name, rivals]) => (name === undefined ? [] : checkContest(name, rivals))),
    ...strangers.map(({ id, code }) => ({
      invariant: 'I5',
      about: `quarantined ${id} (${code})`,
      sentence: 'nobody sent it',
    })),
  ];
};
