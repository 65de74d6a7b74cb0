import { apiLimits, type Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { readLeadAsOf } from '../../shared/as-of/index.ts';
import { createStoredModels } from '../../shared/model-store/index.ts';
import type { QueryDeps } from './deps.ts';
import { isSteady } from './is-steady.ts';
import { leadProblem } from './lead-problems.ts';
import { presentLead } from './present-lead.ts';

/** The most models that an environment remembers beside the one that was deployed with it. */
const mostModels = 20;

/**
 * Answers with a lead as of now, or as of an instant. The version, which becomes the ETag, is that of now: a lead as of
 * another instant has none. A caller that names the version gets 304 only if nothing of the answer can be another one.
 */
export const getLead = ({ client, leadsTable, model, now }: QueryDeps) => {
  const table = { client, table: leadsTable };
  const findModel = createStoredModels(table, { known: model, most: mostModels });
  return async ({ path, query, ifNoneMatch }: ApiRequest<Routes['getLead']>): Promise<ApiAnswer> => {
    const { at } = query;
    const read = await readLeadAsOf(path.id, {
      table,
      now: now(),
      at: at === undefined ? undefined : Date.parse(at),
      findModel,
      mostItems: apiLimits.itemsRead,
    });
    if (read.kind !== 'found') throw leadProblem(read, { leadId: path.id, at });
    if (at !== undefined) return { body: presentLead(read, path.id) };
    const { leadId, version } = read.lead.state;
    // The lead that this one was merged into may have a version of the same number.
    const isSame = ifNoneMatch === version && leadId === path.id && isSteady(read);
    return isSame ? { status: 304, body: undefined, version } : { body: presentLead(read, path.id), version };
  };
};
