import { createHash } from 'node:crypto';
import type { Action } from '../../events/index.ts';
import { canonical, type Item } from '../../shared/dynamodb/index.ts';
import { isClosed } from '../../shared/lead/index.ts';
import { announcedOf, type ChangeData } from './announcements.ts';
import type { Evidence, History, Invariant } from './evidence.ts';
import { groupLeads, type LeadItems, parseStates, textOf } from './reading.ts';

const buildPositionKey = ({ version, ordinal }: ChangeData): string =>
  `${String(version).padStart(12, '0')}.${String(ordinal).padStart(3, '0')}`;

/** Finds the last announcement whose action differs from the one before. */
const findLastRequest = (evidence: Evidence, leadId: string): ChangeData | undefined =>
  announcedOf(evidence, leadId).findLast(({ data }) => data.actionChanged === true)?.data;

const computeHandoffId = (data: ChangeData): string =>
  `h-${createHash('sha256')
    .update(`${data.leadId}\n${buildPositionKey(data)}`)
    .digest('hex')
    .slice(0, 24)}`;

const none: Action = { kind: 'none' };

const checkRequest = (leadId: string, action: Action, request: ChangeData | undefined): string[] =>
  canonical(request?.action ?? none) === canonical(action)
    ? []
    : [`${leadId} has the action ${canonical(action)}; announced was ${canonical(request?.action ?? none)}`];

/** Checks that a lead is on the track that is asked for, or that the item says why it isn't: it waits, or was refused. */
const checkTrack = ({ leadId, nurture }: LeadItems, action: Action): string[] => {
  const { track, waitingTrack, refusedTrack } = nurture ?? {};
  const is = [track, waitingTrack, refusedTrack].flatMap((named) => named?.S ?? []).join();
  const should = action.kind === 'nurture' ? action.track : '';
  return is === should ? [] : [`${leadId} is on the nurture track "${is}"; its state asks for "${should}"`];
};

/**
 * One that expired for good has been answered by time: its lead is recycled, unless the policy asks for it again. One that
 * waits is requested when the cooldown of its tier is over.
 */
const answeredStatuses = ['open', 'waiting', 'accepted', 'rejected', 'answered-elsewhere', 'expired'];

const checkHandoffs = (
  { leadId, handoffs }: LeadItems,
  action: Action,
  request: ChangeData | undefined,
): string[] => {
  const open = handoffs.filter((item) => ['open', 'waiting'].includes(textOf(item, 'handoffStatus')));
  const unwanted = (item: (typeof open)[number]) =>
    `${leadId} has ${textOf(item, 'sk')} ${textOf(item, 'handoffStatus')}, which its state doesn't ask for`;
  if (action.kind !== 'handoff' || request === undefined) return open.map(unwanted);
  const sk = `HANDOFF#${computeHandoffId(request)}`;
  const status = textOf(
    handoffs.find((item) => textOf(item, 'sk') === sk),
    'handoffStatus',
  );
  return [
    ...(answeredStatuses.includes(status)
      ? []
      : [`${leadId} has no ${sk}, though its state asks for it (${status})`]),
    ...open.filter((item) => textOf(item, 'sk') !== sk).map(unwanted),
  ];
};

/**
 * Finds writes of a consumer for an announcement before the one that it followed last. An erased lead is not followed.
 */
const findWentBack = ({ writes }: History): string[] =>
  writes
    .filter(({ key }) => key.sk === 'NURTURE' || key.sk === 'HANDOFF')
    .filter(({ after }) => textOf(after, 'handoffStatus') !== 'erased')
    .filter(({ before, after }) => textOf(after, 'position') < textOf(before, 'position'))
    .map(({ key, step }) => `${key.pk} ${key.sk} went back in the lead's history at step ${step}`);

const isRequest = (before: Item | undefined, after: Item | undefined): boolean =>
  textOf(after, 'handoffStatus') === 'open' &&
  (before === undefined || textOf(before, 'handoffStatus') === 'waiting');

/** Finds hand-offs that were opened for an announcement after a later one was followed. */
const findOpenedLate = ({ writes }: History): string[] => {
  const reached = new Map<string, string>();
  return writes.flatMap(({ key, before, after, step }) => {
    const [position, last] = [textOf(after, 'position'), reached.get(key.pk) ?? ''];
    if (key.sk === 'HANDOFF' && position > last) reached.set(key.pk, position);
    const isOpened = key.sk.startsWith('HANDOFF#') && isRequest(before, after);
    return isOpened && position < last ? [`${key.pk} ${key.sk} was opened late, at step ${step}`] : [];
  });
};

export const followed: Invariant = {
  id: 'followed',
  rule: 'what the consumers store of a lead is what its state asks for: its nurture track, and at most one open hand-off',
  check: (evidence) =>
    [...parseStates(evidence).values()].flatMap((state) => {
      const lead = groupLeads(evidence).get(state.leadId) as LeadItems;
      const action = isClosed(state) ? none : state.action;
      const request = findLastRequest(evidence, state.leadId);
      return [
        ...checkRequest(state.leadId, action, request),
        ...checkTrack(lead, action),
        ...checkHandoffs(lead, action, request),
      ];
    }),
  checkHistory: (history) => [...findWentBack(history), ...findOpenedLate(history)],
};
