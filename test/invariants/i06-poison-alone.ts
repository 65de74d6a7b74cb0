import type { Given, History, Invariant, Worked } from './evidence.ts';

/**
 * The number of lost races from which on a message may come back. That is no fault: if many functions write one lead or one
 * quarantined event at once, others may be first every time.
 */
const toleratedLostRaces = 5;

const findFailed = ({ result, given }: Worked): readonly Given[] => {
  if (!result.ok) return given;
  const { batchItemFailures = [] } = (result.response ?? {}) as {
    batchItemFailures?: { itemIdentifier: string }[];
  };
  const ids = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return given.filter(({ id }) => ids.has(id));
};

const wasDisturbed = ({ strikes, lostRaces }: Worked): boolean =>
  strikes > 0 || lostRaces >= toleratedLostRaces;

const describeError = ({ error }: Worked): string =>
  error instanceof Error ? ` (${error.name}: ${error.message})` : '';

/** Finds failures of functions that were not disturbed: they must process everything, poison included. */
const findFailedUndisturbed = ({ worked }: History): string[] =>
  worked
    .filter((one) => !wasDisturbed(one))
    .flatMap((one) =>
      findFailed(one)
        .filter(({ mayFail }) => !mayFail)
        .map(
          ({ body }) =>
            `${one.functionName} failed undisturbed${describeError(one)} at ${body.slice(0, 300)}`,
        ),
    );

export const poisonAlone: Invariant = {
  id: 'I6',
  rule: 'a poison event delays no other lead and no other event of its batch',
  checkHistory: findFailedUndisturbed,
};
