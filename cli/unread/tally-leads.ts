import type { LeadState } from '../../shared/lead/index.ts';
import { type Facts, listSaid, type Said, type ScoringModel } from '../../shared/scoring/index.ts';
import { createUnreadTally, type UnreadTotals } from './unread-tally.ts';

/** The facts of leads that give nothing by the model that judged them. */
export interface UnreadByModel extends UnreadTotals {
  readonly model: string;
  readonly leads: number;
}

/** Returns when a fact was said last, in milliseconds since 1970. */
export const saidAt = (facts: Facts, { bag, name }: Said): number => facts[bag][name]?.[1] ?? facts.seen;

/**
 * Tallies what the facts of leads hold and gives nothing, by the model that judged each lead, or by one model for all.
 * Leads whose model is not to be found are left out, and counted.
 */
export const tallyLeads = async (
  leads: AsyncIterable<LeadState>,
  findModel: (version: string) => Promise<ScoringModel | undefined>,
): Promise<{ readonly byModel: readonly UnreadByModel[]; readonly withoutModel: number }> => {
  const tallies = new Map<string, { leads: number; readonly tally: ReturnType<typeof createUnreadTally> }>();
  let withoutModel = 0;
  for await (const lead of leads) {
    const model = await findModel(lead.modelVersion);
    if (model === undefined) {
      withoutModel++;
      continue;
    }
    const counting = tallies.get(model.version) ?? { leads: 0, tally: createUnreadTally(model) };
    tallies.set(model.version, counting);
    counting.leads++;
    for (const said of listSaid(lead.facts)) counting.tally.add(said, saidAt(lead.facts, said));
  }
  const byModel = [...tallies].map(([model, { leads: count, tally }]) => ({
    model,
    leads: count,
    ...tally.totals(),
  }));
  return { byModel, withoutModel };
};
