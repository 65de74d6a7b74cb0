import { stepFailed } from '../errors.ts';
import { retell, standings, tallied } from '../retell.ts';
import type { Step } from '../step.ts';
import { tell } from '../story.ts';

export const acceptHandoff: Step = {
  name: 'sales accepts a hand-off',
  run: async (session, expected) => {
    const asked = session.announcements.find(
      ({ type, data }) => type === 'HandoffRequested' && data.leadId === session.leadId('keen'),
    );
    if (asked === undefined) throw stepFailed('no hand-off of the lead keen was asked for');
    const { handoffId } = asked.data;
    await session.tell([tell('sales.crm', 'HandoffAccepted', 'keen', { handoffId, actor: 'sales-7' })]);
    await session.worked();
    const heard = await session.collect(expected?.announced?.length);
    return {
      saw: tallied(heard),
      facts: { leads: await standings(session, ['keen']), announced: retell(session, heard) },
    };
  },
};
