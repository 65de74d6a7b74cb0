import type { StackApi } from './api.ts';
import type { LeadsApi } from './leads-api.ts';

const hourMs = 3_600_000;

/** The leads that sales wants just now: whom the pictures of Today show, with time left. */
const wanted = [
  { id: 'ada', name: 'Ada Example', company: 'Example Co', activity: 'demo_requested', hoursAgo: 7 },
  { id: 'ben', name: 'Ben Placeholder', company: 'Sample Works', activity: 'trial_started', hoursAgo: 5 },
  { id: 'eva', name: 'Eva Sample', company: 'Model & Sons', activity: 'demo_requested', hoursAgo: 2 },
] as const;

/** The number of late hand-offs that stay open. */
const mostLate = 2;

type Call = StackApi['call'];
interface Handoff {
  readonly id: string;
  readonly leadId: string;
  readonly name?: string;
  readonly late: boolean;
  readonly dueAt?: string;
}

const admin = { role: 'admin' } as const;

const listOpen = async (call: Call): Promise<readonly Handoff[]> =>
  (await call<{ handoffs: Handoff[] }>(admin, 'GET', '/api/handoffs?state=open&limit=200')).handoffs;

/** Lists those that are late: leads with a name first, and then those that are late for the shortest time. */
const listLate = async (call: Call): Promise<readonly Handoff[]> =>
  (await listOpen(call))
    .filter(({ late }) => late)
    .toSorted((a, b) => Number(!a.name) - Number(!b.name) || (b.dueAt ?? '').localeCompare(a.dueAt ?? ''));

/** Accepts most of the hand-offs that are late: the sample is older than anybody would let them wait. */
const acceptLate = async ({ call }: StackApi): Promise<void> => {
  const old = (await listLate(call)).slice(mostLate);
  for (const { id } of old) await call(admin, 'POST', `/api/handoffs/${encodeURIComponent(id)}/accept`, {});
  while ((await listLate(call)).length > mostLate);
};

/** Sends what leads did in the last hours, and waits for their hand-offs. */
const addWanted = async (api: StackApi, leads: LeadsApi): Promise<void> => {
  for (const { id, name, company, activity, hoursAgo } of wanted) {
    const at = new Date(Date.now() - hoursAgo * hourMs).toISOString();
    const leadId = `${company.toLowerCase().replaceAll(/\W+/g, '-')}.${id}`;
    const attributes = { name, company, seniority: 'executive', industry: 'software', employees: 600 };
    const answers = { need: { value: 'critical' }, budget: { value: 'approved' } };
    await leads.tell(leadId, [
      ['LeadProfileUpdated', { attributes }, at],
      ['LeadActivityRecorded', { activity }, at],
      ['LeadAnswersRecorded', { answers }, at],
    ]);
    await api.untilHandoff(leadId, 'open');
  }
};

/**
 * Brings the sample data into a state that shows what a day is like: few hand-offs are late, and some are new.
 *
 * @returns the id of a lead with a long history that changes by itself
 */
export const preparePictures = async (api: StackApi, leads: LeadsApi): Promise<string> => {
  await acceptLate(api);
  const late = await listLate(api.call);
  await addWanted(api, leads);
  for (const { leadId } of late) if ((await leads.get(leadId)).next !== null) return leadId;
  throw new Error('no lead of the sample that waits for a call changes by itself');
};
