import type { Command } from 'commander';
import { endWords, readTimelines, type Timeline } from '../audit/timeline/read-timelines.ts';
import { stepLines } from '../audit/timeline/step-lines.ts';
import { stepRecord } from '../audit/timeline/step-record.ts';
import { CliError } from '../errors.ts';
import { type ConnectOptions, connected } from '../stack/connect.ts';
import { note } from '../text/note.ts';
import { withConnectionOptions } from './connection.ts';

interface ShowOptions extends ConnectOptions {
  readonly withMerged?: true;
  readonly json?: true;
}

const linesOf = (timeline: Timeline): string[] => {
  const { leadId, lead, steps } = timeline;
  const version = lead === undefined ? 'its state is lost' : `version ${lead.version}`;
  return [
    `${leadId}: ${steps.length} entries, ${version}.`,
    '',
    ...steps.flatMap(stepLines),
    ...endWords(timeline),
  ];
};

const print = (timeline: Timeline, { json }: ShowOptions): void => {
  for (const line of json
    ? timeline.steps.map((step) => JSON.stringify(stepRecord(step)))
    : linesOf(timeline))
    console.log(line);
  const { leadId, findings } = timeline;
  if (findings > 0)
    note(`${leadId}: its ledger does not verify; \`sluice audit verify ${leadId}\` says where`);
};

/** Prints where the ledger of a merged lead goes on, and which leads were merged into this one. */
const printMerges = ({ lead, merged }: Timeline, { withMerged }: ShowOptions): void => {
  if (lead?.status === 'merged') note(`it goes on in \`sluice audit show ${lead.mergedInto}\``);
  if (merged.length > 0 && withMerged !== true)
    note(`${merged.join(', ')} became part of it; --with-merged shows their ledgers too`);
};

const show = async (leadId: string, options: ShowOptions): Promise<void> => {
  let shown = 0;
  await connected(options, async ({ dynamodb, leadsTable }) => {
    for await (const timeline of readTimelines(dynamodb, leadsTable, leadId, options.withMerged === true)) {
      if (shown++ > 0 && options.json !== true) console.log('');
      print(timeline, options);
      printMerges(timeline, options);
    }
  });
  if (shown === 0) throw new CliError('NO_SUCH_LEAD', `there is no lead ${leadId}`);
};

export const addAuditShow = (audit: Command): void => {
  withConnectionOptions(
    audit
      .command('show')
      .description(
        'show the history of a lead: when, what, what it changed, why, and by which event and model',
      )
      .argument('<lead-id>', 'the lead')
      .option('--with-merged', 'the leads that were merged into it too')
      .option('--json', 'print one JSON object an entry and line, and nothing else'),
  ).action(show);
};
