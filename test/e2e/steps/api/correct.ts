import { stepFailed } from '../../errors.ts';
import type { Session } from '../../session.ts';
import type { Step } from '../../step.ts';
import { until } from '../../until.ts';
import { type Door, leadOf, skipAt } from './door.ts';
import { createEvents, type GivenEvent } from './event.ts';
import { untilEntries } from './send-events.ts';

interface Rejected {
  readonly id: string;
  readonly eventId?: string;
}

/** Puts an event on the bus, past the API, which would refuse a wrong one. */
const putPast = (session: Session, event: GivenEvent): Promise<void> =>
  session.put([
    {
      EventBusName: session.target.output('BusName'),
      Source: event.source,
      DetailType: event['detail-type'],
      Detail: JSON.stringify(event.detail),
    },
  ]);

/** Waits until rejected events are listed, and returns their ids in the order of the events. */
const untilRejected = (session: Session, door: Door, events: readonly GivenEvent[]): Promise<string[]> =>
  until('the rejected events', session.target.pace, async () => {
    const query = { lead: leadOf(session, door, 'quiet'), limit: '200' };
    const { body } = await session.api.expect('200', door.admin, 'listQuarantine', { query });
    const ids = events.flatMap(
      ({ detail }) => body.events.find((one: Rejected) => one.eventId === detail.metadata.eventId)?.id ?? [],
    );
    return ids.length === events.length ? { found: ids } : { instead: `${ids.length} of ${events.length}` };
  });

/** Corrects one rejected event, and discards another. */
export const correct = (door: Door): Step => ({
  name: `${door.name} correct a rejected event by the API`,
  ...skipAt(door),
  run: async (session) => {
    const { api } = session;
    const event = createEvents(session, door, 'quiet', 'rejected');
    const wrong = [1, 2].map((activity) => event('LeadActivityRecorded', { activity }));
    for (const one of wrong) await putPast(session, one);
    const [first = '', second = ''] = await untilRejected(session, door, wrong);
    const whole = await api.expect('200', door.admin, 'getQuarantined', { path: { id: first } });
    if (whole.body.eventId !== wrong[0]?.detail.metadata.eventId) throw stepFailed('another event was shown');
    const replay = (body: object) => ({ path: { id: first }, body });
    await api.expect('409 conflict', door.admin, 'replayQuarantined', replay({}));
    const data = { leadId: leadOf(session, door, 'quiet'), activity: 'email_opened' };
    const corrected = { ...wrong[0], detail: { ...wrong[0]?.detail, data } };
    const tried = await api.expect(
      '202',
      door.admin,
      'replayQuarantined',
      replay({ corrected, dryRun: true }),
    );
    const done = await api.expect('202', door.admin, 'replayQuarantined', {
      ...replay({ corrected }),
      headers: { 'idempotency-key': `${session.run}-replay` },
    });
    const outcomes = [tried.body.outcome, done.body.outcome].join(', ');
    if (outcomes !== 'would-be-replayed, replayed') throw stepFailed(`outcomes ${outcomes}`);
    // Beside the one of its stage.
    await untilEntries(session, door, data.leadId, 2);
    const reason = 'nobody knows what it was';
    await api.expect('200', door.admin, 'discardQuarantined', { path: { id: second }, body: { reason } });
    await api.expect('404 not-found', door.admin, 'discardQuarantined', {
      path: { id: '0'.repeat(32) },
      body: { reason },
    });
    const open = await api.expect('200', door.admin, 'listQuarantine', { query: { lead: data.leadId } });
    if (open.body.events.length > 0) throw stepFailed(`still open: ${JSON.stringify(open.body.events)}`);
    return { saw: 'the corrected event is in the ledger, the other one is discarded, none is open' };
  },
});
