import { hourMs } from '../../events/index.ts';
import type { Finding } from '../../shared/ledger/index.ts';
import type { Verification } from './verification.ts';

/** The most hours between two daily runs; the alarm on missing anchors waits as long. */
const mostHours = 26;

const missing = (sentence: string): Finding => ({ code: 'anchors-missing', sentence });

/**
 * Checks that there are recent anchors, and that they include what was verified: without them, a ledger that was
 * rewritten completely can't be recognized.
 *
 * @param now in milliseconds since 1970
 */
export const checkExpected = (
  { leads, anchored, anchors }: Pick<Verification, 'leads' | 'anchored' | 'anchors'>,
  now: number,
): Finding[] => {
  const newest = anchors?.runs.at(-1);
  if (newest === undefined) return [missing('there are no anchors, although they are expected')];
  const instant = new Date(newest).toISOString();
  return [
    ...(now - newest > mostHours * hourMs
      ? [missing(`the newest anchors are of ${instant}; allowed: at most ${mostHours} hours old`)]
      : []),
    ...(leads > 0 && anchored === 0 ? [missing('none of the verified leads has an anchor')] : []),
  ];
};
