import type { Given, History, Invariant, Worked } from './evidence.ts';

/**
 * If many write one lead or one quarantined event at once, a message may come back because others were first so often:
 * the fewest lost races after which anything is given up. Nothing is wrong with that.
 */
const mostLostRaces = 5;

const failedOf = ({ result, given }: Worked): readonly Given[] => {
  if (!result.ok) return given;
  const { batchItemFailures = [] } = (result.response ?? {}) as {
    batchItemFailures?: { itemIdentifier: string }[];
  };
  const ids = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return given.filter(({ id }) => ids.has(id));
};

const wasDisturbed = ({ strikes, lostRaces }: Worked): boolean => strikes > 0 || lostRaces >= mostLostRaces;

const describeError = ({ error }: Worked): string =>
  error instanceof Error ? ` (${error.name}: ${error.message})` : '';

/** A function that is not disturbed gets through everything, poison included. */
const findFailedUndisturbed = ({ worked }: History): string[] =>
  worked
    .filter((one) => !wasDisturbed(one))
    .flatMap((one) =>
      failedOf(one)
        .filter(({ mayFail }) => !mayFail)
        .map(
          ({ body }) =>
            `${one.functionName} failed undisturbed${describeError(one)} at ${body.slice(0, 300)}`,
        ),
    );

export const poisonAlone: Invariant = {
  id: 'I6',
  says: 'a poison event delays no other lead and no other event of its batch',
  checkHistory: findFailedUndisturbed,
};
