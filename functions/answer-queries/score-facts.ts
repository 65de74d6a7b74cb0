import type { Routes } from '../../events/api/index.ts';
import { askNext, listWithoutPoints } from '../../shared/advice/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { curveRecord, followTime } from '../../shared/as-of/index.ts';
import { buildFacts, instantOfDocument } from '../../shared/facts-document/index.ts';
import { judge } from '../../shared/lead/index.ts';
import { explain, instantOf } from '../../shared/scoring/index.ts';
import type { QueryDeps } from './deps.ts';

/** The most questions that are proposed, and the most answers that are worth confirming. */
const mostProposed = 10;

/** Scores given facts by the deployed model, as `sluice model try` does. Nothing is stored. */
export const scoreFacts =
  ({ model, now }: Pick<QueryDeps, 'model' | 'now'>) =>
  async ({ body }: ApiRequest<Routes['scoreFacts']>): Promise<ApiAnswer> => {
    const facts = buildFacts(body, now());
    const { standing } = judge(model, facts, 'none');
    const explanation = explain(model, facts, standing.stage, instantOf(facts));
    const { questions, confirm } = askNext(model, { facts, tier: standing.tier });
    return {
      body: {
        ...standing,
        asOf: new Date(instantOfDocument(facts)).toISOString(),
        ...curveRecord(followTime(model, { leadId: 'given', version: 0, facts, ...standing })),
        explanation,
        withoutPoints: listWithoutPoints(model, facts, explanation.counted),
        questions: questions.slice(0, mostProposed),
        confirm: confirm.slice(0, mostProposed),
      },
    };
  };
