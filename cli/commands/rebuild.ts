import type { Command } from 'commander';
import { formatFinding } from '../audit/format-finding.ts';
import { itemCount } from '../audit/item-count.ts';
import { CliError } from '../errors.ts';
import { assertDistinct } from '../files/assert-distinct.ts';
import { note, print, printJson } from '../output/print.ts';
import { progressBar } from '../output/progress.ts';
import { openCheckpoint } from '../rebuild/checkpoint.ts';
import type { Counts } from '../rebuild/counts.ts';
import type { RebuiltLead } from '../rebuild/rebuild-lead.ts';
import { rebuildTable } from '../rebuild/rebuild-table.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { defaultOutputsFile } from '../stack/outputs.ts';
import { formatCount } from '../text/format-count.ts';
import { withConnectionOptions } from './connection.ts';
import { wholeNumber } from './options.ts';

interface RebuildOptions extends ConnectOptions {
  readonly segments: number;
  readonly checkpoint?: string;
  readonly dryRun?: true;
  readonly trustModels?: true;
  readonly json?: true;
}

const formatLead = (leadId: string, { outcome, findings }: RebuiltLead): string[] =>
  findings.map((finding) => `${outcome}: ${formatFinding({ leadId, ...finding })}`);

const printLead =
  ({ json }: RebuildOptions) =>
  (leadId: string, rebuilt: RebuiltLead): void => {
    const { outcome, findings } = rebuilt;
    if (json) printJson({ leadId, outcome, findings });
    else print(formatLead(leadId, rebuilt));
  };

const formatSummary = ({ leads, entries, differences, repaired, refused }: Counts): string =>
  `${formatCount(leads, 'lead')} with ${formatCount(entries, 'entry', 'entries')}: ${formatCount(differences, 'difference')}, ${repaired} repaired, ${refused} refused.`;

const run = (options: RebuildOptions): Promise<Counts> =>
  withConnection(options, async ({ dynamodb: client, leadsTable: table, now }) => {
    const { segments, dryRun = false, trustModels = false } = options;
    const checkpoint = openCheckpoint(options.checkpoint, { table, segments, dryRun });
    const bar = progressBar('Rebuilding', await itemCount(client, table));
    const props = { client, table, now, segments, dryRun, trustModels, checkpoint };
    try {
      return await rebuildTable({ ...props, onLead: printLead(options), onItems: bar.update });
    } finally {
      bar.stop();
    }
  });

const assertDone = ({ refused, differences }: Counts, { dryRun }: RebuildOptions): void => {
  if (refused > 0)
    throw new CliError(
      'NOT_REBUILT',
      `refused: ${formatCount(refused, 'lead')} whose ledger can't be folded; \`sluice audit verify\` shows why, docs/audit.md explains what to do`,
    );
  if (dryRun && differences > 0)
    throw new CliError(
      'STATES_DIFFER',
      `${differences} states differ from their ledgers; without --dry-run they are repaired`,
    );
};

const rebuild = async (options: RebuildOptions): Promise<void> => {
  const { checkpoint, outputs = defaultOutputsFile } = options;
  if (checkpoint !== undefined) await assertDistinct([outputs], [checkpoint]);
  const counts = await run(options);
  if (options.json) printJson(counts);
  else print(formatSummary(counts));
  if (checkpoint !== undefined)
    note(`${checkpoint} marks all segments as done; remove it, or the next run will read nothing`);
  assertDone(counts, options);
};

export const addRebuild = (program: Command): void => {
  withConnectionOptions(
    program
      .command('rebuild')
      .description('fold all states again from their ledgers, and repair those that differ')
      .option(
        '--segments <number>',
        'how many segments of the table to read at once',
        wholeNumber(1, 1_000),
        4,
      )
      .option('--checkpoint <file>', 'save the progress here, and resume from it')
      .option('--dry-run', 'change nothing, and count the states that differ')
      .option('--trust-models', 'repair also leads with decisions that their models do not reproduce')
      .option('--json', 'print one JSON object a line, and nothing else'),
  ).action(rebuild);
};
