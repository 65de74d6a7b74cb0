import type { Command } from 'commander';
import { formatStep } from '../audit/timeline/format-step.ts';
import { describeEnd, readTimelines, type Timeline } from '../audit/timeline/read-timelines.ts';
import { stepRecord } from '../audit/timeline/step-record.ts';
import { CliError } from '../errors.ts';
import { heading, type Line } from '../output/line.ts';
import { note, print, printJson, untilRead } from '../output/print.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { formatWithId } from '../text/format-with-id.ts';
import { withConnectionOptions } from './connection.ts';

interface ShowOptions extends ConnectOptions {
  readonly withMerged?: true;
  readonly json?: true;
}

const formatTimeline = (timeline: Timeline): Line[] => {
  const { leadId, lead, steps } = timeline;
  const version = lead === undefined ? 'its state is lost' : `version ${lead.version}`;
  return [
    heading(`${leadId}: ${formatCount(steps.length, 'entry', 'entries')}, ${version}.`),
    '',
    ...steps.flatMap(formatStep),
    ...describeEnd(timeline),
  ];
};

const printTimeline = (timeline: Timeline, { json }: ShowOptions): void => {
  if (json) for (const step of timeline.steps) printJson(stepRecord(step));
  else print(formatTimeline(timeline));
  const { leadId, findings } = timeline;
  if (findings > 0)
    note(
      `${leadId}: its ledger does not verify; \`${formatWithId('sluice audit verify', leadId)}\` shows where`,
    );
};

/** Prints where the ledger of a merged lead continues, and which leads were merged into this one. */
const printMerges = ({ lead, merged }: Timeline, { withMerged }: ShowOptions): void => {
  if (lead?.status === 'merged')
    note(`it continues in \`${formatWithId('sluice audit show', lead.mergedInto)}\``);
  if (merged.length > 0 && withMerged !== true)
    note(
      `${merged.join(', ')} ${merged.length === 1 ? 'was' : 'were'} merged into it; --with-merged shows their ledgers too`,
    );
};

const show = async (leadId: string, options: ShowOptions): Promise<void> => {
  let shown = 0;
  await withConnection(options, async ({ dynamodb, leadsTable }) => {
    for await (const timeline of readTimelines(dynamodb, leadsTable, leadId, options.withMerged === true)) {
      if (shown++ > 0 && options.json !== true) print('');
      printTimeline(timeline, options);
      printMerges(timeline, options);
      await untilRead();
    }
  });
  if (shown === 0) throw new CliError('NO_SUCH_LEAD', `there is no lead ${leadId}`);
};

export const addAuditShow = (audit: Command): void => {
  withConnectionOptions(
    audit
      .command('show')
      .description(
        'show the history of a lead: what happened and when, what that changed, and why, by event and model',
      )
      .argument('<lead-id>', 'the lead')
      .option('--with-merged', 'show also the leads that were merged into it')
      .option('--json', 'print one JSON object a line for each entry, and nothing else'),
  ).action(show);
};
