import { stepFailed } from '../../errors.ts';
import type { Step } from '../../step.ts';
import { until } from '../../until.ts';
import { type Door, leadOf, skipAt } from './door.ts';

interface TimelineEntry {
  readonly eventId: string;
}

/** States stages of a lead: sent twice with one key, and on condition of a version. */
export const changeLead = (door: Door): Step => ({
  name: `${door.name} change a lead once, however often they ask`,
  ...skipAt(door),
  run: async (session) => {
    const { api, target } = session;
    const id = leadOf(session, door, 'buyer');
    const state = (stage: string, headers: Readonly<Record<string, string>>) => ({
      path: { id },
      body: { stage, ...door.actor },
      headers,
    });
    const key = { 'idempotency-key': `${session.run}-stage` };
    const first = await api.expect('202', door.seller, 'stateStage', state('opportunity', key));
    const second = await api.expect('202', door.seller, 'stateStage', state('opportunity', key));
    if (JSON.stringify(first.body) !== JSON.stringify(second.body))
      throw stepFailed(`one key, two events: ${JSON.stringify([first.body, second.body])}`);
    await api.expect('422 key-reused', door.seller, 'stateStage', state('customer', key));
    const { eventId } = first.body;
    await until('the stage in the timeline', target.pace, async () => {
      const { entries } = (await api.expect('200', door.viewer, 'getTimeline', { path: { id } })).body;
      const count = entries.filter((entry: TimelineEntry) => entry.eventId === eventId).length;
      return count > 0 ? { found: count } : { instead: `${entries.length} entries without it` };
    });
    await session.untilFollowed(id);
    const { entries } = (await api.expect('200', door.viewer, 'getTimeline', { path: { id } })).body;
    const count = entries.filter((entry: TimelineEntry) => entry.eventId === eventId).length;
    if (count !== 1) throw stepFailed(`one key, ${count} entries`);
    const stale = { 'if-match': '"1"' };
    await api.expect('412 version-differs', door.seller, 'stateStage', state('customer', stale));
    const { headers } = await api.expect('200', door.viewer, 'getLead', { path: { id } });
    const seen = { 'if-match': String(headers.etag) };
    await api.expect('202', door.seller, 'stateStage', state('customer', seen));
    await api.expect('412 version-differs', door.seller, 'stateStage', state('sql', seen));
    const stage = await until('the lead at the stage customer', target.pace, async () => {
      const { body } = await api.expect('200', door.viewer, 'getLead', { path: { id } });
      return body.stage === 'customer' ? { found: body.stage } : { instead: body.stage };
    });
    return { saw: `one key made one entry; of two changes of one version the first counts: ${stage}` };
  },
});
