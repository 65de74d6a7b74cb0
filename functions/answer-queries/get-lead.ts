import { apiLimits, type Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { readLeadAsOf } from '../../shared/as-of/index.ts';
import { createStoredModels, type FindModel } from '../../shared/model-store/index.ts';
import type { QueryDeps } from './deps.ts';
import { isSteady } from './is-steady.ts';
import { leadProblem } from './lead-problems.ts';
import { presentLead } from './present-lead.ts';

/** The most models that an environment remembers. */
const mostModels = 20;

/**
 * Answers with a lead as of now, or as of an instant. The version, which becomes the ETag, is that of now: a lead as of
 * another instant has none. A caller that names the version gets 304 only if nothing of the answer can be another one.
 */
export const getLead = ({ client, leadsTable, models, now }: QueryDeps) => {
  const table = { client, table: leadsTable };
  const findStored = createStoredModels(table, { most: mostModels });
  const findModel: FindModel = async (version) => {
    const stored = await findStored(version);
    if (stored !== undefined) return stored;
    // The deployed model counts as active, and isn't stored, as long as no event has come.
    const { active } = await models.current();
    return version === active.version ? active : undefined;
  };
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
