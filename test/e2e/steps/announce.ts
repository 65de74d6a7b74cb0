import { stepFailed } from '../errors.ts';
import type { Session } from '../session.ts';
import type { Step } from '../step.ts';
import { countByType, summarize } from '../summaries.ts';

/** Returns the changes in the ledgers, by lead, type and commit. */
const decided = async (session: Session): Promise<string[]> => {
  const views = await Promise.all(session.leads.map((lead) => session.view(lead)));
  return views
    .flatMap(({ entries }) => entries)
    .flatMap((entry) => {
      const changes =
        entry.kind === 'decided' ? entry.changes : entry.kind === 'closing' ? [entry.change] : [];
      return changes.map(({ type }) => `${type} ${entry.leadId} ${entry.version}.${entry.ordinal}`);
    })
    .toSorted();
};

export const announce: Step = {
  name: 'announcements reach a subscriber',
  run: async (session, expected) => {
    const announced = await session.collect(expected?.announced?.length);
    const known = new Set(
      announced.map(({ type, data }) => `${type} ${data.leadId} ${data.version}.${data.ordinal}`),
    );
    const missing = (await decided(session)).filter((one) => !known.has(one));
    if (missing.length > 0) throw stepFailed(`decided and not announced: ${missing.join(', ')}`);
    return { saw: countByType(announced), facts: { announced: summarize(session, announced) } };
  },
};
