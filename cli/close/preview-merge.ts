import type { TableProps } from '../../shared/dynamodb/index.ts';
import { judge, mergeFacts, modelTierOf, prepareConsent } from '../../shared/lead/index.ts';
import { loadModel } from '../../shared/model-store/index.ts';
import { compileModel, instantOf } from '../../shared/scoring/index.ts';
import { formatStanding } from './format-preview.ts';
import { type LeadPreview, stateOf } from './read-lead.ts';

/**
 * Returns the standing that two leads have together as a line for people, by the model that judged the survivor. There
 * is none unless both are scored, or if that model isn't stored.
 */
export const previewMerge = async (
  { client, table }: TableProps,
  merged: LeadPreview,
  survivor: LeadPreview,
): Promise<string[]> => {
  const [goes, stays] = [stateOf(merged), stateOf(survivor)];
  if (goes === undefined || stays === undefined) return [];
  const document = await loadModel({ client, table }, stays.modelVersion);
  if (document === undefined) return [];
  const model = compileModel(document);
  const [ours, theirs] = prepareConsent(
    [stays.facts, goes.facts],
    [stays.leadId, goes.leadId, Math.max(instantOf(stays.facts), instantOf(goes.facts))],
  );
  const { standing } = judge(model, mergeFacts(ours, theirs), modelTierOf(stays));
  return [`Together: ${formatStanding(standing)} (model ${model.version}).`];
};
