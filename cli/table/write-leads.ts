import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { leadRecord } from '../../shared/as-of/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { CliError } from '../errors.ts';
import { formatJson } from '../output/printable.ts';
import { readStates } from './read-table.ts';

/**
 * Writes every lead as one JSON object a line, sorted by lead id, so that two runs can be compared.
 *
 * @param present returns a lead as it is to be shown, such as at a later instant
 */
export const writeLeads = async (
  client: DynamoDBClient,
  table: string,
  file: string,
  present: (lead: LeadState) => LeadState,
): Promise<void> => {
  const lines: [leadId: string, line: string][] = [];
  for await (const state of readStates(client, table))
    lines.push([state.leadId, formatJson(leadRecord(present(state)))]);
  lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  try {
    await pipeline(
      lines.map(([, line]) => `${line}\n`),
      createWriteStream(file),
    );
  } catch (cause) {
    throw new CliError('FILE_UNWRITABLE', `${file} can't be written: ${(cause as Error).message}`, { cause });
  }
};
