import { stepFailed } from '../errors.ts';
import { leadEvent } from '../lead-events.ts';
import type { Step } from '../step.ts';
import { countByType, readStandings, summarize } from '../summaries.ts';

export const acceptHandoff: Step = {
  name: 'sales accepts a hand-off',
  run: async (session, expected) => {
    const asked = session.announcements.find(
      ({ type, data }) => type === 'HandoffRequested' && data.leadId === session.leadId('keen'),
    );
    if (asked === undefined) throw stepFailed('no hand-off of the lead keen was asked for');
    const { handoffId } = asked.data;
    await session.send([leadEvent('sales.crm', 'HandoffAccepted', 'keen', { handoffId, actor: 'sales-7' })]);
    await session.untilWorkedOff();
    const announced = await session.collect(expected?.announced?.length);
    return {
      saw: countByType(announced),
      facts: { leads: await readStandings(session, ['keen']), announced: summarize(session, announced) },
    };
  },
};
