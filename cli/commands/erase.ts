import type { Command } from 'commander';
import { confirm } from '../close/confirm.ts';
import { formatPreview } from '../close/format-preview.ts';
import { assertKnown, readLead } from '../close/read-lead.ts';
import { buildEvent } from '../event/build-event.ts';
import { sendEvent } from '../event/send-event.ts';
import { print } from '../output/print.ts';
import { type Connection, withConnection } from '../stack/connect.ts';
import { type CloseOptions, withCloseOptions } from './close-options.ts';

const erase = async (connection: Connection, given: string, options: CloseOptions): Promise<void> => {
  const { dynamodb: client, leadsTable: table } = connection;
  const { yes, dryRun, source, unknown } = options;
  const now = connection.now();
  const build = (leadId: string) =>
    buildEvent({ type: 'LeadErasureRequested', source, data: { leadId }, at: now }, now);
  build(given);
  const preview = await readLead({ client, table }, given);
  const { leadId } = preview;
  if (preview.lead?.status === 'erased') {
    const via = preview.given === undefined ? '' : `, into which ${given} was merged,`;
    return print(`Lead ${leadId}${via} was erased before. Nothing was sent.`);
  }
  if (!unknown) assertKnown(preview, 'erases it');
  print(formatPreview(preview, 'would be erased with all that was merged into it'));
  if (dryRun) return undefined;
  if (!yes) await confirm(leadId, `lead ${leadId} is erased`);
  await sendEvent(connection, build(leadId));
  return print(`Requested the erasure of lead ${leadId}.`);
};

export const addErase = (program: Command): void => {
  withCloseOptions(
    program
      .command('erase')
      .description('erase the personal data of a lead for good, after showing what goes')
      .argument('<lead-id>', 'the lead'),
  ).action((leadId: string, options: CloseOptions) =>
    withConnection(options, (connection) => erase(connection, leadId, options)),
  );
};
