import { byUrgency, type Handoff, isRequested } from '../../shared/follow-ups/index.ts';
import { findNearest } from '../../shared/suggest/index.ts';
import { CliError, UsageError } from '../errors.ts';
import type { Connection } from '../stack/connect.ts';
import { readHandoffs, readLeadHandoffs } from '../table/read-table.ts';
import { formatWithId } from '../text/format-with-id.ts';
import { endWords } from './end-words.ts';

export interface HandoffChoice {
  /** The id of the hand-off, or its beginning. */
  readonly id?: string | undefined;
  readonly lead?: string | undefined;
}

const readAll = async (
  { dynamodb, leadsTable }: Connection,
  lead: string | undefined,
): Promise<readonly Handoff[]> => {
  const found = await Array.fromAsync(
    lead === undefined ? readHandoffs(dynamodb, leadsTable) : readLeadHandoffs(dynamodb, leadsTable, lead),
  );
  return found.sort(byUrgency);
};

const isOpen = ({ status }: Handoff): boolean => status === 'open';

const nameOpen = (leadId: string, open: readonly Handoff[]): string =>
  open.length === 0
    ? `lead ${leadId} has no open hand-off`
    : `the open one of lead ${leadId} is ${open.map(({ handoffId }) => handoffId).join(', ')}`;

/** Returns the error for an id that no hand-off has, with the one that was probably meant. */
const unknown = (id: string, lead: string | undefined, all: readonly Handoff[]): CliError => {
  const open = all.filter(isOpen);
  if (lead !== undefined)
    return new CliError('NO_SUCH_HANDOFF', `lead ${lead} has no hand-off ${id}; ${nameOpen(lead, open)}`);
  if (all.some(({ leadId }) => leadId === id))
    return new CliError(
      'NO_SUCH_HANDOFF',
      `${id} is a lead, not a hand-off: name it with --lead ${id}; ${nameOpen(
        id,
        open.filter(({ leadId }) => leadId === id),
      )}`,
    );
  const near =
    findNearest(
      id,
      open.map(({ handoffId }) => handoffId),
    ) ??
    findNearest(
      id,
      all.map(({ handoffId }) => handoffId),
    );
  const meant = all.find(({ handoffId }) => handoffId === near);
  const hint =
    meant === undefined
      ? '`sluice handoffs list` shows them, and --lead finds the open one of a lead'
      : `did you mean ${meant.handoffId}, which is ${meant.status}, of lead ${meant.leadId}?`;
  return new CliError('NO_SUCH_HANDOFF', `there is no hand-off ${id}; ${hint}`);
};

/** Returns the hand-offs that an id names: the one of that id, else those whose id begins so. */
const findNamed = (given: string, all: readonly Handoff[]): readonly Handoff[] => {
  // Lists cut ids on a narrow terminal, and end them with this mark.
  const id = given.replace(/…$/, '');
  const exact = all.filter(({ handoffId }) => handoffId === id);
  return exact.length > 0 || id === '' ? exact : all.filter(({ handoffId }) => handoffId.startsWith(id));
};

const severalOf = (message: string, found: readonly Handoff[]): CliError =>
  new CliError('ID_AMBIGUOUS', message, {
    details: found
      .slice(0, 5)
      .map(({ handoffId, leadId, status }) => `${handoffId} of lead ${leadId}, ${status}`),
  });

/**
 * Reads the hand-off that an id names, or the open one of a lead; without an open one, the latest of the lead.
 * Hand-offs that Sluice requested come before verdicts on others.
 *
 * @throws CliError if there is none, or more than one
 * @throws UsageError if neither an id nor a lead is given
 */
export const readChosen = async (connection: Connection, { id, lead }: HandoffChoice): Promise<Handoff> => {
  if (id === undefined && lead === undefined)
    throw new UsageError(
      'given no hand-off; allowed: the id of one, or the beginning of the id, or --lead LEAD_ID',
    );
  const all = await readAll(connection, lead);
  const found = id === undefined ? all.filter(isOpen) : findNamed(id, all);
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only;
  if (id === undefined) {
    const latest = all.find(isRequested) ?? all[0];
    if (another !== undefined) throw severalOf(`lead ${lead} has several open hand-offs; name one:`, found);
    if (latest !== undefined) return latest;
    throw new CliError('NO_SUCH_HANDOFF', `lead ${lead} has no hand-off`);
  }
  if (only === undefined) throw unknown(id, lead, all);
  throw severalOf(`several hand-offs have an id that begins with ${id}; give more of it, or --lead:`, found);
};

/** Reads all hand-offs of a lead, the most urgent first. */
export const readOfLead = (connection: Connection, lead: string): Promise<readonly Handoff[]> =>
  readAll(connection, lead);

/**
 * Asserts that a hand-off waits for an answer.
 *
 * @param others the other hand-offs of its lead
 * @throws CliError `ANSWERED` with when and by whom it was answered
 */
export const assertOpen = (handoff: Handoff, others: readonly Handoff[]): void => {
  const end = endWords(handoff);
  if (end === undefined) return;
  const { handoffId, leadId } = handoff;
  const show = formatWithId('sluice handoffs show', handoffId);
  throw new CliError('ANSWERED', `hand-off ${handoffId} of lead ${leadId} ${end}; nothing was sent`, {
    details: [`${nameOpen(leadId, others.filter(isOpen))}; \`${show}\` shows more`],
  });
};
