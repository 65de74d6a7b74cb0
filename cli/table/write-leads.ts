import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { formatJson } from '../output/printable.ts';
import { leadRecord } from './lead-record.ts';
import { readStates } from './read-table.ts';

/** Writes every lead as one JSON object a line, sorted by lead id, so that two runs can be compared. */
export const writeLeads = async (client: DynamoDBClient, table: string, file: string): Promise<void> => {
  const lines: [leadId: string, line: string][] = [];
  for await (const state of readStates(client, table))
    lines.push([state.leadId, formatJson(leadRecord(state))]);
  lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const out = createWriteStream(file);
  for (const [, line] of lines) if (!out.write(`${line}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
};
