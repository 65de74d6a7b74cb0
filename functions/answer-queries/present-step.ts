import {
  type ChainedStep,
  describeChanges,
  describeEvent,
  describeReasons,
} from '../../shared/timeline/index.ts';

/** Returns what an erased entry doesn't have. */
const presentContent = ({ entry, before, isBeforeKnown }: ChainedStep) => {
  if (entry.kind === 'erased') return {};
  const { event, leadId, other } = entry;
  const { backfill, causationId, correlationId } = event.metadata;
  const common = {
    text: describeEvent(leadId, event, other),
    ...(backfill && { history: true }),
    ...(event.data.leadId !== leadId && { named: event.data.leadId }),
    ...(causationId !== undefined && { causationId }),
    ...(correlationId !== undefined && { correlationId }),
  };
  if (entry.kind === 'closing') return { ...common, changes: [entry.change] };
  const { standing, changes, silent } = entry;
  return {
    ...common,
    modelVersion: standing.modelVersion,
    standing,
    ...(isBeforeKnown && before !== undefined && { before }),
    isBeforeKnown,
    changes,
    ...(silent && { silent }),
  };
};

/** Returns an entry of a ledger as the API answers with it: what happened, what it changed and why, and its hash. */
export const presentStep = (step: ChainedStep) => {
  const { entry, occurredAt, eventId, hash, previousHash } = step;
  const { kind, type, source, version, ordinal, other } = entry;
  return {
    kind,
    occurredAt,
    type,
    eventId,
    source,
    version,
    ordinal,
    ...(other !== undefined && { other }),
    ...presentContent(step),
    changed: describeChanges(step),
    because: describeReasons(step),
    hash,
    ...(previousHash !== undefined && { previousHash }),
  };
};
