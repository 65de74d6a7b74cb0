import { createHash } from 'node:crypto';
import type { Action } from '../../../events/index.ts';
import type { DeliveredEvent } from '../services/bus.ts';
import type { Evidence, Invariant } from './evidence.ts';
import { type LeadItems, leadsIn, statesIn, textOf } from './reading.ts';

interface ActionData {
  readonly leadId: string;
  readonly version: number;
  readonly ordinal: number;
  readonly action: Action;
  readonly actionChanged?: boolean;
}

const positionOf = ({ version, ordinal }: ActionData): string =>
  `${String(version).padStart(12, '0')}.${String(ordinal).padStart(3, '0')}`;

/** What the last announcement asked for that asked for something else than the one before. */
const lastAsked = ({ announced }: Evidence, leadId: string): ActionData | undefined =>
  announced
    .map((event: DeliveredEvent) => event.detail.data as unknown as ActionData)
    .filter((data) => data.leadId === leadId && data.actionChanged === true)
    .reduce<ActionData | undefined>(
      (last, data) => (last && positionOf(last) >= positionOf(data) ? last : data),
      undefined,
    );

const handoffIdOf = (data: ActionData): string =>
  `h-${createHash('sha256')
    .update(`${data.leadId}\n${positionOf(data)}`)
    .digest('hex')
    .slice(0, 24)}`;

const wrongTrack = ({ leadId, nurture }: LeadItems, action: Action): string[] => {
  const [is, should] = [nurture?.track?.S, action.kind === 'nurture' ? action.track : undefined];
  return is === should ? [] : [`${leadId} is on the nurture track ${is}; its state asks for ${should}`];
};

const answeredStatuses = ['open', 'accepted', 'rejected'];

const wrongHandoffs = (
  { leadId, handoffs }: LeadItems,
  action: Action,
  asked: ActionData | undefined,
): string[] => {
  const open = handoffs.filter((item) => textOf(item, 'status') === 'open');
  if (action.kind !== 'handoff' || asked === undefined) {
    return open.map((item) => `${leadId} has ${textOf(item, 'sk')} open, which nobody asks for`);
  }
  const id = `HANDOFF#${handoffIdOf(asked)}`;
  const asking = handoffs.find((item) => textOf(item, 'sk') === id);
  return [
    ...(answeredStatuses.includes(textOf(asking, 'status'))
      ? []
      : [`${leadId} has no ${id}, though its state asks for it (${textOf(asking, 'status')})`]),
    ...open
      .filter((item) => textOf(item, 'sk') !== id)
      .map((item) => `${leadId} has ${textOf(item, 'sk')} open, which nobody asks for any more`),
  ];
};

/** What was followed is never followed again behind something later. An erased lead is followed no more at all. */
const wentBack = ({ writes }: Evidence): string[] =>
  writes
    .filter(({ key }) => key.sk === 'NURTURE' || key.sk === 'HANDOFF')
    .filter(({ after }) => textOf(after, 'status') !== 'erased')
    .filter(({ before, after }) => textOf(after, 'position') < textOf(before, 'position'))
    .map(({ key, step }) => `${key.pk} ${key.sk} went back in the lead's history at step ${step}`);

/** No hand-off is opened for an announcement that comes after a later one was followed. */
const openedLate = ({ writes }: Evidence): string[] => {
  const reached = new Map<string, string>();
  return writes.flatMap(({ key, before, after, step }) => {
    const [position, last] = [textOf(after, 'position'), reached.get(key.pk) ?? ''];
    if (key.sk === 'HANDOFF' && position > last) reached.set(key.pk, position);
    const isOpened =
      key.sk.startsWith('HANDOFF#') && before === undefined && textOf(after, 'status') === 'open';
    return isOpened && position < last ? [`${key.pk} ${key.sk} was opened late, at step ${step}`] : [];
  });
};

const none: Action = { kind: 'none' };

/** The state's action, and no other, is carried out. */
export const followed: Invariant = {
  id: 'followed',
  says: 'what the consumers keep of a lead is what its state asks for: its nurture track, and at most one open hand-off',
  check: (evidence) => [
    ...wentBack(evidence),
    ...openedLate(evidence),
    ...[...statesIn(evidence).values()].flatMap((state) => {
      const lead = leadsIn(evidence).get(state.leadId) as LeadItems;
      const action = state.status === 'merged' || state.status === 'erased' ? none : state.action;
      return [...wrongTrack(lead, action), ...wrongHandoffs(lead, action, lastAsked(evidence, state.leadId))];
    }),
  ],
};
