import { isClosed } from '../../../shared/lead/index.ts';
import { type Announced, announcementsOf } from './announced.ts';
import type { Finding } from './finding.ts';
import { type LeadItems, type Stored, stateOf } from './stored.ts';

const checkIds = (about: string, announced: readonly Announced[]): Finding[] => {
  const ids = new Set(announced.map(({ eventId }) => eventId));
  if (ids.size === announced.length) return [];
  return [{ invariant: 'I4', about, sentence: 'two of its announcements have one id' }];
};

/** What the last announcement of each kind has to be, by how the lead stands. */
const expectedOf = (lead: LeadItems): Readonly<Record<string, string | undefined>> => {
  const state = stateOf(lead);
  if (state === undefined) return {};
  if (isClosed(state)) return { closing: state.status === 'merged' ? 'LeadRedirected' : 'LeadErased' };
  return { LeadStageTransitioned: state.stage, LeadTierChanged: state.tier, closing: undefined };
};

const closings = ['LeadRedirected', 'LeadErased'];

const foundOf = (announced: readonly Announced[]): Readonly<Record<string, string | undefined>> => ({
  LeadStageTransitioned: announced.findLast(({ type }) => type === 'LeadStageTransitioned')?.to,
  LeadTierChanged: announced.findLast(({ type }) => type === 'LeadTierChanged')?.to ?? 'none',
  closing: announced.findLast(({ type }) => closings.includes(type))?.type,
});

const checkLead = (lead: LeadItems): Finding[] => {
  const announced = announcementsOf(lead);
  const found = foundOf(announced);
  const about = lead.leadId;
  const wrong = Object.entries(expectedOf(lead)).filter(([name, value]) => found[name] !== value);
  return [
    ...checkIds(about, announced),
    ...wrong.map(([name, value]) => ({
      invariant: 'I4',
      about,
      sentence: `the last ${name} announced is ${found[name] ?? 'none'}, the state says ${value ?? 'none'}`,
    })),
  ];
};

/** I4, its second half: the last announced tier and stage are the stored ones; each change has an id of its own. */
export const checkLastAnnounced = ({ leads }: Stored): Finding[] => [...leads.values()].flatMap(checkLead);
