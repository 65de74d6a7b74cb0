import type { Action, ActionEvent } from '../../../events/index.ts';
import { newHandoffId } from '../../../functions/hand-off/follow-action.ts';
import { type Item, text } from '../../../shared/dynamodb/index.ts';
import { sameAction } from '../../../shared/funnel/index.ts';
import { handoffIdOf } from '../../../shared/keys/index.ts';
import { isClosed } from '../../../shared/lead/index.ts';
import { announcementsOf } from './announced.ts';
import type { Finding } from './finding.ts';
import { type LeadItems, type Stored, stateOf } from './stored.ts';

/** What the policy asks for a lead, and the hand-off that is to be made of it. */
interface Asked {
  readonly action: Action;
  readonly handoffId?: string;
}

const none: Action = { kind: 'none' };

const lastAsked = (lead: LeadItems): Asked => {
  const last = announcementsOf(lead).findLast(({ actionChanged }) => actionChanged);
  if (last?.action.kind !== 'handoff') return { action: last?.action ?? none };
  const event = { data: { ...last, leadId: lead.leadId } } as unknown as ActionEvent;
  return { action: last.action, handoffId: newHandoffId(event) };
};

const idOf = (item: Item): string => handoffIdOf(text(item, 'sk')) ?? '';

const checkHandoffs = ({ handoffs }: LeadItems, { handoffId }: Asked): string[] => {
  const others = handoffs.filter((item) => item.status?.S === 'open' && idOf(item) !== handoffId);
  const isMissing = handoffId !== undefined && !handoffs.some((item) => idOf(item) === handoffId);
  return [
    ...others.map((item) => `the hand-off ${idOf(item)} is still open`),
    ...(isMissing ? ['the hand-off that its policy asks for was not made'] : []),
  ];
};

const checkLead = (lead: LeadItems): string[] => {
  const state = stateOf(lead);
  if (state === undefined) return [];
  const asked = lastAsked(lead);
  const action = isClosed(state) ? none : state.action;
  const wanted = asked.action.kind === 'nurture' ? asked.action.track : undefined;
  const track = lead.nurture?.track?.S;
  return [
    ...(sameAction(asked.action, action) ? [] : ['the last announced action is not the stored one']),
    ...(track === wanted ? [] : [`it is on nurture track ${track ?? 'none'}, not ${wanted ?? 'none'}`]),
    ...checkHandoffs(lead, asked),
  ];
};

/**
 * I4 beyond the table: who follows announcements has come to where the last one leads, so that none was lost on its way
 * over the stream and the bus.
 */
export const checkFollowUps = ({ leads }: Stored): Finding[] =>
  [...leads.values()].flatMap((lead) =>
    checkLead(lead).map((sentence) => ({ invariant: 'I4', about: lead.leadId, sentence })),
  );
