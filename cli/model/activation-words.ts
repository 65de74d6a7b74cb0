import type { ModelHistoryEntry, RescoringJob } from '../../shared/model-store/index.ts';
import { formatCount } from '../text/format-count.ts';

/** Returns what a person should know once a model has become active: what was, what follows, and how to take it back. */
export const describeActivation = ({
  modelVersion,
  previousModelVersion: previous,
  actions,
}: ModelHistoryEntry): string[] => [
  previous === undefined
    ? `${modelVersion} is active. No model was active before.`
    : `${modelVersion} is active now, in place of ${previous}.`,
  'Within two minutes no lead is judged by the model before, and all leads are rescored: `sluice rescore status --watch` shows how far.',
  actions === 'none'
    ? 'Scores and tiers change; hand-offs and nurture start and stop only with the next event of a lead.'
    : 'Hand-offs and nurture that follow from it start and stop.',
  ...(previous === undefined ? [] : ['To take it back: `sluice model rollback --reason TEXT`']),
];

/**
 * Returns how fast the leads are rescored, so that a slow pace that was set for an earlier rescoring is seen.
 *
 * @param job the current rescoring; nothing is said of one that isn't of this activation
 */
export const describePace = ({ revision }: ModelHistoryEntry, job: RescoringJob | undefined): string[] =>
  job?.revision === revision
    ? [
        `They are rescored with at most ${formatCount(job.writeUnitsPerSecond, 'write unit')} a second; \`sluice rescore rate UNITS\` changes that.`,
      ]
    : [];
