import type { Upcoming } from '../../shared/as-of/index.ts';
import { text } from '../../shared/dynamodb/index.ts';
import type { Connection } from '../stack/connect.ts';
import { readLeadHandoffs, readNurture } from '../table/read-table.ts';

/** Reads what is due of a lead's open hand-offs, and the nurture track for which it waits. */
export const readFollowUps = async (
  { dynamodb, leadsTable }: Connection,
  leadId: string,
): Promise<Upcoming[]> => {
  const found: Upcoming[] = [];
  for await (const { status, queue = '', dueAt } of readLeadHandoffs(dynamodb, leadsTable, leadId)) {
    if (status === 'open' && dueAt !== undefined)
      found.push({ kind: 'handoffDue', at: Date.parse(dueAt), queue });
  }
  const nurture = await readNurture(dynamodb, leadsTable, leadId);
  if (nurture?.waitingTrack !== undefined) {
    const track = text(nurture, 'waitingTrack');
    found.push({ kind: 'nurtureStart', at: Date.parse(text(nurture, 'dueAt')), track });
  }
  return found.sort((a, b) => a.at - b.at);
};
