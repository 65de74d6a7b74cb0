import { isYearsAhead } from './ahead.ts';
import type { Evidence, Given, Invariant, Worked } from './evidence.ts';

/**
 * What many write at once, a lead or a quarantined event, sends a message back when others came first so often: the
 * fewest times after which anything is given up. Nothing is wrong with it.
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
