import { describeReply } from '../../api/api-client.ts';
import type { Session } from '../../session.ts';
import type { Step } from '../../step.ts';
import { until } from '../../until.ts';
import { type Door, leadOf, skipAt } from './door.ts';

/** Waits until the API answers a request for a lead like this. */
const untilAnswered = (
  { api, target }: Session,
  { viewer }: Door,
  id: string,
  wanted: string,
  requestedId?: string,
) =>
  until(`${wanted} for ${id}`, target.pace, async () => {
    const reply = await api.call(viewer, 'getLead', { path: { id } });
    const isWanted = describeReply(reply) === wanted && reply.body?.requestedId === requestedId;
    return isWanted ? { found: reply } : { instead: `${describeReply(reply)} as ${reply.body?.leadId}` };
  });

/** Merges a lead into another one, then erases that. */
export const closeLeads = (door: Door): Step => ({
  name: `${door.name} merge and erase leads by the API`,
  ...skipAt(door),
  run: async (session) => {
    const { api } = session;
    const [id, mergedLeadId] = [leadOf(session, door, 'buyer'), leadOf(session, door, 'quiet')];
    await api.expect('202', door.admin, 'mergeLead', { path: { id }, body: { mergedLeadId } });
    await untilAnswered(session, door, mergedLeadId, '200', mergedLeadId);
    await session.untilFollowed(id);
    await api.expect('202', door.admin, 'eraseLead', { path: { id } });
    await untilAnswered(session, door, id, '410 erased');
    await api.expect('410 erased', door.seller, 'stateStage', { path: { id }, body: { stage: 'sql' } });
    return { saw: 'the merged lead answers as the survivor; then that one is gone' };
  },
});
