import { expect } from 'vitest';
import { answers } from '../../events/api/answers/index.ts';
import type { OperationOf } from '../../events/api/index.ts';
import { answerQueries } from '../../functions/answer-queries/answer-queries.ts';
import type { GatewayAnswer } from '../../shared/api/index.ts';
import { createActiveModels } from '../../shared/model-store/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { apiRequest, bodyOf, type RequestProps } from './api-request.ts';
import { successReady } from './models.ts';
import type { MemoryWorld } from './world.ts';

export interface QueryStackProps {
  readonly stores: Pick<MemoryWorld, 'client'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The model that was deployed with the function. */
  readonly model?: ScoringModel;
}

/** An answer of the API with its body. */
export interface Answered extends Pick<GatewayAnswer, 'headers'> {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of many forms
  readonly body: any;
}

/** Returns a function that asks answer-queries over tables in memory. Each answer must satisfy its schema. */
export const queryStack = ({ stores, now, model = successReady() }: QueryStackProps) => {
  const handle = answerQueries({
    client: stores.client,
    leadsTable: 'leads',
    identitiesTable: 'identities',
    requests: { readCursorSecret: async () => Buffer.alloc(32, 7) },
    models: createActiveModels({
      client: stores.client,
      table: 'leads',
      deployed: model,
      clocks: { now, elapsed: now },
      storesFirst: false,
    }),
    now,
  });
  return async (operation: OperationOf<'answer-queries'>, props: RequestProps = {}): Promise<Answered> => {
    const { statusCode: status, headers, body } = await handle(apiRequest(operation, props));
    if (status === 304) return { status, headers, body };
    const parsed = bodyOf({ statusCode: status, headers, body });
    if (status === 200) expect(answers[operation].safeParse(parsed).error?.issues ?? []).toEqual([]);
    return { status, headers, body: parsed };
  };
};
