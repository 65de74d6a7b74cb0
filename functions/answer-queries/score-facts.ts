import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { curveRecord, followTime } from '../../shared/as-of/index.ts';
import { buildFacts, instantOfDocument } from '../../shared/facts-document/index.ts';
import { judge } from '../../shared/lead/index.ts';
import type { QueryDeps } from './deps.ts';
import { presentStanding } from './present-lead.ts';

/** Scores given facts by the active model, as `sluice model try` does. Nothing is stored. */
export const scoreFacts =
  ({ models, now }: Pick<QueryDeps, 'models' | 'now'>) =>
  async ({ body }: ApiRequest<Routes['scoreFacts']>): Promise<ApiAnswer> => {
    const facts = buildFacts(body, now());
    const { active: model } = await models.current();
    const state = { leadId: 'given', version: 0, facts, ...judge(model, facts, 'none').standing };
    const { leadId: _leadId, version: _version, ...standing } = presentStanding({ model, state });
    return {
      body: {
        ...standing,
        asOf: new Date(instantOfDocument(facts)).toISOString(),
        ...curveRecord(followTime(model, state)),
      },
    };
  };
