import { rescoringSource } from '../../events/index.ts';
import { entrySortKey } from '../../shared/keys/index.ts';
import { isClosed, type JudgedEvent, type LeadEvent, type StoredState } from '../../shared/lead/index.ts';
import type { Ledger, StoredLead } from '../../shared/ledger/index.ts';
import type { ModelsInUse } from '../../shared/model-store/index.ts';

type Rescoring = Extract<JudgedEvent, { type: 'LeadRescoreRequested' }>;

/**
 * Returns whether a lead has to be rescored before its time is advanced: another model has judged it. One that is
 * unsettled is settled by the active model in any case.
 */
export const isRescoredFirst = ({ active }: ModelsInUse, { modelVersion, announced }: StoredState): boolean =>
  announced === undefined && modelVersion !== active.version;

/** Builds the rescoring by the activation that is in force, as its first pass sends it. */
const buildRescoring = (
  { active, revision, activatedAt, actions }: ModelsInUse,
  leadId: string,
  suffix = '',
): Rescoring => ({
  type: 'LeadRescoreRequested',
  source: rescoringSource,
  metadata: { eventId: `rescore-${revision}-1${suffix}`, occurredAt: activatedAt, schemaVersion: 1 },
  data: { leadId, modelVersion: active.version, actions },
});

/**
 * Returns the rescoring that a lead gets before its time is advanced. It is the event that the job sends, so that the
 * job's own one is a repetition. If the lead had that one already, and a function that didn't know of the activation yet
 * has judged it by another model since, the version of the lead makes it another event.
 */
export const rescoringOf = async (
  ledger: Pick<Ledger, 'find'>,
  models: ModelsInUse,
  { leadId, version }: StoredState,
): Promise<Rescoring> => {
  const event = buildRescoring(models, leadId);
  const present = await ledger.find(leadId, [event]);
  return present.has(entrySortKey(event, leadId)) ? buildRescoring(models, leadId, `-${version}`) : event;
};

/**
 * Returns whether an event is a rescoring of an activation that another one has replaced. Its actions are not those of the
 * model that would judge the lead now, and the rescoring of that model comes to the lead by itself.
 */
const isReplaced = ({ revision }: ModelsInUse, { type, source, metadata }: LeadEvent): boolean => {
  if (type !== 'LeadRescoreRequested' || source !== rescoringSource) return false;
  const [, requested] = /^rescore-(\d+)-/.exec(metadata.eventId) ?? [];
  return requested !== undefined && Number(requested) < revision;
};

/**
 * Returns whether a rescoring has nothing to do for a lead: the active model has judged it already. Passes ask for a lead
 * again as long as a request of an earlier one waits in the queue; without this, each would get an entry of its own.
 */
const isDone = (
  { active }: ModelsInUse,
  { type, source, data }: LeadEvent,
  before: StoredLead | undefined,
): boolean => {
  if (type !== 'LeadRescoreRequested' || source !== rescoringSource) return false;
  if (before === undefined || isClosed(before)) return false;
  const isStarting = data.actions === 'all' && before.actionsWait === true;
  return !isStarting && before.modelVersion === active.version && data.modelVersion === active.version;
};

/** Returns whether a rescoring is left out: it is of an activation that was replaced, or has nothing to do. */
export const isLeftOut = (models: ModelsInUse, event: LeadEvent, before: StoredLead | undefined): boolean =>
  isReplaced(models, event) || isDone(models, event, before);
