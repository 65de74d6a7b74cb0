import type { TableProps } from '../../shared/dynamodb/index.ts';
import { createAuditor, walkTable } from '../../shared/ledger/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type Counts, noCounts, sumCounts } from './counts.ts';
import { type RebuildLeadProps, type RebuiltLead, rebuildLead } from './rebuild-lead.ts';

export interface RebuildProps extends TableProps, Pick<RebuildLeadProps, 'now' | 'dryRun' | 'trustModels'> {
  readonly segments: number;
  readonly checkpoint: Checkpoint;
  /** Called for each lead that isn't healthy. */
  readonly onLead: (leadId: string, rebuilt: RebuiltLead) => void;
  readonly onItems: (items: number) => void;
}

const computeCounts = ({ outcome, entries }: RebuiltLead): Counts => ({
  leads: 1,
  entries,
  differences: outcome === 'differs' || outcome === 'repaired' ? 1 : 0,
  repaired: outcome === 'repaired' ? 1 : 0,
  refused: outcome === 'refused' ? 1 : 0,
});

const sumProgress = ({ progress }: Checkpoint): Counts =>
  progress.reduce((sum, { counts }) => sumCounts(sum, counts), noCounts);

/** Folds the ledgers of all leads of a table again, segments in parallel, and repairs the states that differ. */
export const rebuildTable = async (props: RebuildProps): Promise<Counts> => {
  const { client, table, segments, checkpoint, onLead, onItems } = props;
  const lead = { ...props, auditor: createAuditor({ client, table }) };

  const rebuildSegment = async (segment: number): Promise<void> => {
    let progress = checkpoint.progress[segment];
    if (progress === undefined || progress.done) return;
    for await (const walked of walkTable(client, table, { segment, segments, after: progress.after })) {
      const rebuilt = await rebuildLead(lead, walked);
      if (rebuilt.outcome !== 'healthy') onLead(walked.leadId, rebuilt);
      progress = {
        counts: sumCounts(progress.counts, computeCounts(rebuilt)),
        after: walked.last,
        done: false,
      };
      checkpoint.note(segment, progress);
      const { leads, entries } = sumProgress(checkpoint);
      onItems(leads + entries);
    }
    checkpoint.note(segment, { ...progress, done: true });
  };

  try {
    await Promise.all(Array.from({ length: segments }, (_, segment) => rebuildSegment(segment)));
  } finally {
    checkpoint.save();
  }
  return sumProgress(checkpoint);
};
