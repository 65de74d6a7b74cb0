import { isYearsAhead } from './ahead.ts';
import type { Evidence, Given, Invariant, Worked } from './evidence.ts';

/**
 * A lead that many write at once sends its messages back after ten conflicts in a row; nothing is wrong with it. After
 * the last of them there is no pause.
 */
const mostPauses = 9;

const failedOf = ({ result, given }: Worked): readonly Given[] => {
  if (!result.ok) return given;
  const { batchItemFailures = [] } = (result.response ?? {}) as {
    batchItemFailures?: { itemIdentifier: string }[];
  };
  const ids = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return given.filter(({ id }) => ids.has(id));
};

const wasDisturbed = ({ strikes, pauses }: Worked): boolean => strikes > 0 || pauses >= mostPauses;

const mayFail = ({ functionName }: Worked, { body }: Given): boolean =>
  functionName === 'hand-off' && isYearsAhead(body);

const told = ({ error }: Worked): string =>
  error instanceof Error ? ` (${error.name}: ${error.message})` : '';

/** Who is disturbed by nothing works everything off, poison and all. */
const failedUndisturbed = ({ worked }: Evidence): string[] =>
  worked
    .filter((one) => !wasDisturbed(one))
    .flatMap((one) =>
      failedOf(one)
        .filter((given) => !mayFail(one, given))
        .map(({ body }) => `${one.functionName} failed undisturbed${told(one)} at ${body.slice(0, 300)}`),
    );

export const poisonAlone: Invariant = {
  id: 'I6',
  says: 'a poison event delays no other lead and no other event of its batch',
  check: failedUndisturbed,
};
