import type * as z from 'zod';
import { showValue } from '../../events/index.ts';
import { LocalStackError, ServiceError } from './errors.ts';
import type { busPolicy } from './resource-schemas.ts';
import { account } from './resource-types.ts';

type Statement = Extract<z.output<typeof busPolicy>['Statement'], { Effect: 'Deny' }>;

/** A statement of the policy of a bus that denies requests. */
export interface Denial {
  /** The name of the bus. */
  readonly bus: string;
  /** Throws ServiceError `AccessDeniedException` if the statement denies a request. */
  readonly check: (request: PutRequest) => void;
}

/** A PutEvents request as the policy of the bus sees it, with the source and the type of each entry. */
interface PutRequest {
  /** The ARN of the caller. */
  readonly caller: string;
  readonly sources: readonly string[];
  readonly types: readonly string[];
}

/** Each condition key with its values in a request. */
const conditionKeys: Readonly<Record<string, (request: PutRequest) => readonly string[]>> = {
  'events:source': ({ sources }) => sources,
  'events:detail-type': ({ types }) => types,
  'aws:PrincipalArn': ({ caller }) => [caller],
  'aws:PrincipalAccount': () => [account],
};

type Operator = (given: readonly string[], named: readonly string[]) => boolean;

const isAny: Operator = (given, named) => given.some((one) => named.includes(one));
const isNone: Operator = (given, named) => !isAny(given, named);

/**
 * The condition operators. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const operators: Readonly<Record<string, Operator>> = {
  'ForAnyValue:StringEquals': isAny,
  StringNotEquals: isNone,
  ArnNotEquals: isNone,
};

const find = <Value>(table: Readonly<Record<string, Value>>, name: string, at: string): Value => {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found !== undefined) return found;
  const allowed = Object.keys(table).join(', ');
  throw new LocalStackError('POLICY_UNSUPPORTED', `bus policy at ${at}: got ${name}, allowed are ${allowed}`);
};

/**
 * Compiles a statement that denies into the check of a request.
 *
 * @returns a function that throws ServiceError `AccessDeniedException` if the statement denies the request
 * @throws LocalStackError `POLICY_UNSUPPORTED` for an operator or key that is unknown here: it would not be enforced
 */
export const compileDenial = ({ Sid, Resource, Condition }: Statement): Denial['check'] => {
  const conditions = Object.entries(Condition).flatMap(([name, keys]) => {
    const test = find(operators, name, `${Sid}.Condition`);
    return Object.entries(keys).map(([key, named]) => {
      const valuesIn = find(conditionKeys, key, `${Sid}.Condition.${name}`);
      return { key, named: [named].flat(), valuesIn, test };
    });
  });
  return (request) => {
    if (!conditions.every(({ test, valuesIn, named }) => test(valuesIn(request), named))) return;
    const denied = conditions.flatMap(({ key, valuesIn, named }) =>
      valuesIn(request)
        .filter((value) => named.includes(value))
        .map((value) => `${key} ${showValue(value)}`),
    );
    throw new ServiceError(
      'AccessDeniedException',
      `User: ${request.caller} is not authorized to perform: events:PutEvents on resource: ${Resource} with an ` +
        `explicit deny in a resource-based policy: ${Sid} denies ${[...new Set(denied)].join(', ')}`,
    );
  };
};
