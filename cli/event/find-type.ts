import { type InboundType, inboundContracts, isInternalType } from '../../events/index.ts';
import { orMeant } from '../../shared/suggest/index.ts';
import { UsageError } from '../errors.ts';

/** The short names of the types, the one that help and messages show first. */
const shortNames: Readonly<Record<InboundType, readonly [string, ...string[]]>> = {
  LeadActivityRecorded: ['activity'],
  LeadProfileUpdated: ['profile'],
  LeadAnswersRecorded: ['answers', 'answer'],
  LeadStageChanged: ['stage'],
  LeadOutcomeRecorded: ['outcome'],
  HandoffAccepted: ['accepted', 'accept'],
  HandoffRejected: ['rejected', 'reject'],
  LeadRescoreRequested: ['rescore'],
  LeadIdentified: ['identified'],
  LeadsMerged: ['merged', 'merge'],
  LeadErasureRequested: ['erasure', 'erase'],
  LeadOverridden: ['overridden', 'override'],
  LeadOverrideLifted: ['lifted', 'lift'],
};

/** The commands that show what goes, or what changes, when they send an event. */
const ownCommands: Partial<Record<InboundType, string>> = {
  LeadIdentified: 'no command: webhooks and partner buses send it themselves',
  LeadsMerged: '`sluice merge LEAD into SURVIVOR`, which shows what goes',
  LeadErasureRequested: '`sluice erase LEAD`, which shows what goes',
  LeadOverridden: '`sluice override LEAD`, which shows what changes',
  LeadOverrideLifted: '`sluice override LEAD --lift`, which shows what changes',
};

const types = Object.keys(inboundContracts) as InboundType[];

/** The names of the types that `sluice event` sends. */
export const typeNames: readonly string[] = types.flatMap((type) =>
  ownCommands[type] === undefined ? [shortNames[type][0]] : [],
);

const withoutSpelling = (name: string): string => name.replaceAll(/[\s_.-]/g, '').toLowerCase();

/**
 * Finds a type by its name or a short name, in any spelling.
 *
 * @throws UsageError if there is none, another command is made for it, or only functions of Sluice send it
 */
export const findType = (given: string): InboundType => {
  const sought = withoutSpelling(given);
  const type = types.find((type) =>
    [type, ...shortNames[type]].some((name) => withoutSpelling(name) === sought),
  );
  if (type === undefined) {
    const allowed = `${typeNames.join(', ')}, or a name of a contract such as LeadActivityRecorded`;
    if (isInternalType(given)) {
      const shown = JSON.stringify(given);
      throw new UsageError(`type: given ${shown}, which is for messages within Sluice; allowed: ${allowed}`);
    }
    const names = [...types, ...Object.values(shortNames).flat()];
    throw new UsageError(`type: given ${JSON.stringify(given)}; allowed: ${orMeant(allowed, given, names)}`);
  }
  const own = ownCommands[type];
  if (own !== undefined) throw new UsageError(`type: given ${JSON.stringify(given)}; allowed: ${own}`);
  return type;
};
