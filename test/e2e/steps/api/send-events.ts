import { checkReply, describeReply } from '../../api/api-client.ts';
import { stepFailed } from '../../errors.ts';
import { formatStanding, viewLead } from '../../lead-view.ts';
import type { Session } from '../../session.ts';
import type { Step } from '../../step.ts';
import { until } from '../../until.ts';
import { type Door, leadOf, skipAt } from './door.ts';
import { createEvents } from './event.ts';

/** Waits until the ledger of a lead has this number of entries, as the API shows it. */
export const untilEntries = async (
  { api, target }: Session,
  { viewer }: Door,
  leadId: string,
  wanted: number,
): Promise<void> => {
  await until(`${wanted} entries in the timeline of ${leadId}`, target.pace, async () => {
    const reply = await api.call(viewer, 'getTimeline', { path: { id: leadId } });
    const found = reply.body?.entries?.length ?? 0;
    return found === wanted ? { found } : { instead: `${describeReply(reply)} with ${found} entries` };
  });
};

/** Sends events about a lead that sales wants and about one of which nothing comes, and one that is wrong. */
export const sendEvents = (door: Door): Step => ({
  name: `${door.name} send events by the API, and read what comes of them`,
  ...skipAt(door),
  run: async (session) => {
    const { api } = session;
    const buyer = leadOf(session, door, 'buyer');
    const event = createEvents(session, door, 'buyer');
    const events = [
      event('LeadProfileUpdated', {
        attributes: { name: 'Ada Example', seniority: 'executive', industry: 'software', employees: '600' },
      }),
      event('LeadActivityRecorded', { activity: 'demo_requested' }),
      event('LeadAnswersRecorded', {
        answers: {
          need: { value: 'critical' },
          budget: { value: 'approved' },
          authority: { value: 'decides' },
        },
      }),
    ];
    const wrong = event('LeadActivityRecorded', { activity: 42 });
    const quiet = createEvents(session, door, 'quiet')('LeadStageChanged', { stage: 'customer' });
    const sent = await api.expect('200', door.admin, 'putEvents', { body: [...events, wrong, quiet] });
    const { accepted, refused, results } = sent.body;
    const [problem] = results[3].problems ?? [];
    if (accepted !== 4 || refused !== 1 || problem?.path !== 'detail.data.activity')
      throw stepFailed(`of five events, one of them wrong: ${JSON.stringify(sent.body)}`);
    await untilEntries(session, door, buyer, events.length);
    await session.untilFollowed(buyer);
    const lead = await api.expect('200', door.viewer, 'getLead', { path: { id: buyer } });
    const view = await viewLead(session.target, buyer);
    if (lead.headers.etag !== `"${view.lead?.version}"` || lead.body.version !== view.lead?.version)
      throw stepFailed(`the ETag is ${lead.headers.etag}, and the version is ${view.lead?.version}`);
    await unchanged(session, door);
    const listed = await api.expect('200', door.viewer, 'listLeads', {
      query: { tier: lead.body.tier, stage: lead.body.stage, limit: '200' },
    });
    const isListed = listed.body.leads.some(({ leadId }: { leadId: string }) => leadId === buyer);
    // The index may be behind, and an account has leads of others, which may fill the page.
    if (!isListed && listed.body.cursor === null && session.target.name !== 'aws')
      throw stepFailed(`the list of leads of tier ${lead.body.tier} has no ${buyer}`);
    const { version: _version, ...standing } = formatStanding(view) as { version: number };
    return {
      saw: `4 events taken in, 1 refused; the lead is ${lead.body.tier} at ${lead.body.stage}`,
      facts: { leads: { [`${door.name}-buyer`]: standing } },
    };
  },
});

/** Checks that a lead of which nothing can change by time is not sent again to those who have its version. */
const unchanged = async (session: Session, door: Door): Promise<void> => {
  const id = leadOf(session, door, 'quiet');
  await untilEntries(session, door, id, 1);
  await session.untilFollowed(id);
  const { headers } = await session.api.expect('200', door.viewer, 'getLead', { path: { id } });
  const again = { path: { id }, headers: { 'if-none-match': String(headers.etag) } };
  const reply = await session.api.expect('304', door.viewer, 'getLead', again);
  if (reply.body !== undefined) throw stepFailed(`304 with a body: ${JSON.stringify(reply.body)}`);
  const other = { path: { id }, headers: { 'if-none-match': '"999"' } };
  checkReply('200', 'with another version', await session.api.call(door.viewer, 'getLead', other));
};
