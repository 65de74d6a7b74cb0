import type { Announcement } from './inbox.ts';
import { formatStanding } from './lead-view.ts';
import type { Session } from './session.ts';

/**
 * The fields of an announcement's data that are compared, beside lead and position. Times of receipt differ from run to
 * run.
 */
const comparedFields = [
  'from',
  'to',
  'direction',
  'kind',
  'trigger',
  'stage',
  'status',
  'tier',
  'score',
  'coverage',
  'modelVersion',
  'action',
  'track',
  'queue',
  'handoffId',
  'mergedInto',
  'code',
  'reasons',
] as const;

/** Summarizes announcements, sorted, since they may arrive in any order. */
export const summarize = ({ run }: Session, announcements: readonly Announcement[]): object[] =>
  announcements
    .map(({ type, id, data }) => {
      const { leadId, version, ordinal } = data;
      const fields = comparedFields.flatMap((name) =>
        data[name] === undefined ? [] : [[name, data[name]] as const],
      );
      const lead = typeof leadId === 'string' ? { lead: leadId.slice(run.length + 1) } : {};
      return { type, id, ...lead, version, ordinal, ...Object.fromEntries(fields) };
    })
    // Without undefined fields, as in the file of expected facts.
    .map(
      (one) =>
        JSON.parse(JSON.stringify(one)) as { type: string; id: string; lead?: string; version?: number },
    )
    .toSorted((a, b) => orderOf(a).localeCompare(orderOf(b), 'en'));

const orderOf = (one: { lead?: string; version?: number; type: string; id: string }): string =>
  `${one.lead ?? ''} ${String(one.version ?? 0).padStart(6, '0')} ${one.type} ${one.id}`;

/** Returns the state of leads, by their names in the scenario. */
export const readStandings = async (
  session: Session,
  leads: readonly string[] = session.leads,
): Promise<Record<string, object>> =>
  Object.fromEntries(
    await Promise.all(leads.map(async (lead) => [lead, formatStanding(await session.view(lead))] as const)),
  );

/** Counts announcements by type, such as `2 LeadTierChanged, 1 NurtureStarted`. */
export const countByType = (announcements: readonly Announcement[]): string => {
  const byType = Object.entries(Object.groupBy(announcements, ({ type }) => type)).toSorted();
  return byType.map(([type, ones = []]) => `${ones.length} ${type}`).join(', ') || 'no announcements';
};
