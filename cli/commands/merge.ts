import type { Command } from 'commander';
import { confirm } from '../close/confirm.ts';
import { formatPreview } from '../close/format-preview.ts';
import { previewMerge } from '../close/preview-merge.ts';
import { assertKnown, type LeadPreview, readLead } from '../close/read-lead.ts';
import { CliError, UsageError } from '../errors.ts';
import { buildEvent } from '../event/build-event.ts';
import { sendEvent } from '../event/send-event.ts';
import { print } from '../output/print.ts';
import { type Connection, withConnection } from '../stack/connect.ts';
import { type CloseOptions, withCloseOptions } from './close-options.ts';

const assertNotErased = ({ leadId, lead }: LeadPreview): void => {
  if (lead?.status !== 'erased') return;
  throw new CliError(
    'LEAD_ERASED',
    `lead ${leadId} was erased; if the two are one person, \`sluice erase\` erases the other one`,
  );
};

const merge = async (
  connection: Connection,
  [givenMerged, givenSurvivor]: readonly [string, string],
  options: CloseOptions,
): Promise<void> => {
  const { dynamodb: client, leadsTable: table } = connection;
  const { yes, dryRun, source, unknown } = options;
  const now = connection.now();
  const build = (leadId: string, mergedLeadId: string) =>
    buildEvent({ type: 'LeadsMerged', source, data: { leadId, mergedLeadId }, at: now }, now);
  build(givenSurvivor, givenMerged);
  const merged = await readLead({ client, table }, givenMerged);
  const survivor = await readLead({ client, table }, givenSurvivor);
  if (merged.leadId === survivor.leadId) return print(`The two are one lead already: ${survivor.leadId}.`);
  for (const preview of [merged, survivor]) assertNotErased(preview);
  if (!unknown) for (const preview of [merged, survivor]) assertKnown(preview, 'merges it');
  print([
    ...formatPreview(merged, `which would be folded into ${survivor.leadId} and closed`),
    ...formatPreview(survivor, 'would survive'),
    ...(await previewMerge({ client, table }, merged, survivor)),
  ]);
  if (dryRun) return undefined;
  if (!yes) await confirm(merged.leadId, `lead ${merged.leadId} is merged into ${survivor.leadId}`);
  await sendEvent(connection, build(survivor.leadId, merged.leadId));
  return print(`Requested the merge of lead ${merged.leadId} into ${survivor.leadId}.`);
};

/** Returns the merged lead and the survivor, which stand on the two sides of `into`. */
const parseSides = (
  merged: string,
  into: string | undefined,
  survivor: string | undefined,
): [string, string] => {
  if (survivor !== undefined && into?.toLowerCase() === 'into') return [merged, survivor];
  throw new UsageError(
    `given ${[merged, into, survivor].filter((one) => one !== undefined).join(' ')}; allowed: LEAD into SURVIVOR, of which SURVIVOR stays`,
  );
};

export const addMerge = (program: Command): void => {
  withCloseOptions(
    program
      .command('merge')
      .description(
        'fold a lead into another one for good, after showing both: sluice merge LEAD into SURVIVOR',
      )
      .argument('<lead-id>', 'the lead that is folded into the other one')
      .argument('[into]', 'the word into')
      .argument('[survivor-id]', 'the lead that survives'),
  ).action(
    (merged: string, into: string | undefined, survivor: string | undefined, options: CloseOptions) => {
      const sides = parseSides(merged, into, survivor);
      return withConnection(options, (connection) => merge(connection, sides, options));
    },
  );
};
