import { sluiceSource } from '../../events/index.ts';
import type { Dated, Facts, VerdictFact, VerdictSource } from '../scoring/index.ts';
import { omitUndefined } from './omit-undefined.ts';
import { pickLater } from './pick-later.ts';
import { sortedJson } from './sorted-json.ts';

/**
 * Returns the verdict that counts of two on one hand-off: that of a person before an expiry, however late; of two of the
 * same kind the earlier one; of one instant, the acceptance. So a verdict that is sent again later changes nothing.
 */
export const pickEarlierVerdict = (a: VerdictFact, b: VerdictFact): VerdictFact => {
  const [isExpiryA, isExpiryB] = [a[0].verdict === 'expired', b[0].verdict === 'expired'];
  if (isExpiryA !== isExpiryB) return isExpiryA ? b : a;
  if (a[1] !== b[1]) return a[1] < b[1] ? a : b;
  if (a[0].verdict !== b[0].verdict) return a[0].verdict === 'accepted' ? a : b;
  return sortedJson(b[0]) > sortedJson(a[0]) ? b : a;
};

/**
 * Notes a verdict on a hand-off. One that names its hand-off counts once. One that doesn't counts at its own instant,
 * since facts don't contain which hand-off was open then: of these, the latest of each kind is noted.
 *
 * @returns the same facts if the verdict changes nothing
 */
export const withVerdict = (
  facts: Facts,
  verdict: 'accepted' | 'rejected',
  data: {
    readonly handoffId?: string | undefined;
    readonly actor: string;
    readonly reason?: string | undefined;
  },
  at: number,
): Facts => {
  const { handoffId, actor, reason } = data;
  const source: VerdictSource = omitUndefined({ actor, reason });
  if (handoffId === undefined) {
    const given: Dated<VerdictSource> = [source, at];
    return { ...facts, [verdict]: pickLater(facts[verdict], given) };
  }
  return withNamed(facts, handoffId, [{ ...source, verdict }, at]);
};

/** Notes that nobody answered a hand-off in time, and that the policy takes the lead back. */
export const withExpiry = (facts: Facts, handoffId: string, at: number): Facts =>
  withNamed(facts, handoffId, [{ actor: sluiceSource, verdict: 'expired' }, at]);

const withNamed = (facts: Facts, handoffId: string, given: VerdictFact): Facts => {
  const { verdicts = {} } = facts;
  const before = Object.hasOwn(verdicts, handoffId) ? verdicts[handoffId] : undefined;
  const counts = before === undefined ? given : pickEarlierVerdict(before, given);
  return counts === before ? facts : { ...facts, verdicts: { ...verdicts, [handoffId]: counts } };
};
