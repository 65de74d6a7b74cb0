import { describeReply, type Reply } from '../../api/api-client.ts';
import { stepFailed } from '../../errors.ts';
import type { Session } from '../../session.ts';
import type { Step } from '../../step.ts';
import { until } from '../../until.ts';
import { type Door, leadOf, skipAt } from './door.ts';

interface ListedHandoff {
  readonly id: string;
  readonly leadId: string;
  readonly actor?: string;
}

/** Waits until a lead's hand-off has a state, as the list of its queue shows it. */
const untilListed = (
  { api, target }: Session,
  door: Door,
  leadId: string,
  state: string,
): Promise<ListedHandoff> =>
  until(`a hand-off of ${leadId} that is ${state}`, target.pace, async () => {
    let cursor: string | undefined;
    for (;;) {
      const query = { queue: 'sales', state, limit: '200', ...(cursor && { cursor }) };
      const reply: Reply = await api.call(door.viewer, 'listHandoffs', { query });
      const found = reply.body?.handoffs?.find((one: ListedHandoff) => one.leadId === leadId);
      if (found !== undefined) return { found };
      cursor = reply.body?.cursor ?? undefined;
      if (cursor === undefined) return { instead: `${describeReply(reply)}, not among those listed` };
    }
  });

/** Answers a hand-off as its seller, after another one has tried. */
export const answerHandoff = (door: Door): Step => ({
  name: `${door.name} answer a hand-off by the API`,
  ...skipAt(door),
  run: async (session) => {
    const { api } = session;
    const leadId = leadOf(session, door, 'buyer');
    const { id } = await untilListed(session, door, leadId, 'open');
    const asked = { path: { id }, body: { ...door.actor } };
    if (door.name === 'people') {
      await api.expect('403 forbidden', 'otherSeller', 'acceptHandoff', asked);
      const posing = { path: { id }, body: { actor: 'somebody' } };
      await api.expect('400 invalid-request', door.seller, 'acceptHandoff', posing);
    }
    await api.expect('404 not-found', door.seller, 'acceptHandoff', {
      ...asked,
      path: { id: `${leadId}~none` },
    });
    await api.expect('202', door.seller, 'acceptHandoff', asked);
    const { actor } = await untilListed(session, door, leadId, 'accepted');
    const wanted = door.actor.actor ?? 'sam@example.com';
    if (actor !== wanted && session.target.name !== 'aws')
      throw stepFailed(`accepted by ${actor}; expected ${wanted}`);
    const late = { path: { id }, body: door.name === 'services' ? { actor: 'another' } : {} };
    await api.expect('409 conflict', door.admin, 'rejectHandoff', late);
    return {
      saw: `accepted by ${actor}${door.name === 'people' ? '; a seller of another queue may not' : ''}`,
    };
  },
});
