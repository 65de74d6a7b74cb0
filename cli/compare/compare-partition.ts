import { isCanary, type Tier } from '../../events/index.ts';
import { collectLead, withoutOverride } from '../../shared/comparison/index.ts';
import { judge, toLeadEvent } from '../../shared/lead/index.ts';
import {
  compileModel,
  type Facts,
  type ModelDocument,
  type ScoringModel,
} from '../../shared/scoring/index.ts';
import { readHistories } from '../histories/read-histories.ts';
import { type ComparedPart, noneLeftOut } from './comparison.ts';
import { createComparing } from './create-comparing.ts';
import { formatMoveRow } from './csv-rows.ts';

/** The task of a thread. */
export interface PartitionProps {
  readonly documents: { readonly a: ModelDocument; readonly b: ModelDocument };
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly mostMoves: number;
  /** Whether the moves are wanted as CSV. */
  readonly csv: boolean;
}

export interface ComparedPartition extends ComparedPart {
  /** The rows of all moves, by ascending lead id, without a header; empty if they aren't wanted. */
  readonly csv: string;
}

/** Returns the tier that model A gives at the last event of the lead, from no tier before. Both models start from it. */
const judgeLastTier = (model: ScoringModel, facts: Facts): Tier =>
  judge(model, withoutOverride(facts), 'none').standing.tier;

/** Compares two models on the leads of a partition. */
export const work = (partition: string, props: PartitionProps): ComparedPartition => {
  const { documents, at, mostMoves, csv } = props;
  const models = { a: compileModel(documents.a), b: compileModel(documents.b) };
  const chunks: string[] = [];
  const comparing = createComparing({
    models,
    at,
    mostMoves,
    onMove: csv ? (move) => chunks.push(formatMoveRow(move)) : undefined,
  });
  let [erased, unknown] = [0, 0];
  for (const { leadId, events } of readHistories(partition)) {
    if (isCanary(leadId)) continue;
    const lead = collectLead(
      events.map(({ event }) => toLeadEvent(event)),
      at,
    );
    if (lead.kind === 'erased') erased++;
    else if (lead.kind === 'unknown') unknown++;
    else {
      comparing.add({ leadId, facts: lead.facts, previousTier: judgeLastTier(models.a, lead.facts) });
      if (lead.end !== undefined) comparing.addEnd(lead.end);
    }
  }
  return { ...comparing.result(), leftOut: { ...noneLeftOut, erased, unknown }, csv: chunks.join('') };
};
