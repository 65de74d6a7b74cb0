/** A statement of a policy, as CloudFormation writes it, with its references resolved. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One action that a policy allows on one resource. */
export interface Granted {
  readonly action: string;
  /** An ARN without partition, region and account; may contain `*`. */
  readonly resource: string;
  readonly condition: Conditions;
}

export const many = <T>(value: T | readonly T[]): readonly T[] => [value].flat() as readonly T[];

/**
 * Returns an ARN without its place, so that it is the same in every account:
 * `arn:aws:dynamodb:us-east-1:000000000000:table/Leads` → `dynamodb:table/Leads`.
 */
export const withoutPlace = (arn: string): string => {
  const [start, , service, , , ...rest] = arn.split(':');
  return start === 'arn' ? [service, ...rest].join(':') : arn;
};

/**
 * Returns the rights that a statement grants. @throws Error for a Deny, whose effect on the others isn't computed here
 */
export const listGranted = (statement: Statement): Granted[] => {
  if (statement.Effect !== 'Allow') throw new Error(`a ${statement.Effect} in the policy of a function`);
  return many(statement.Action).flatMap((action) =>
    many(statement.Resource).map((resource) => ({
      action,
      resource: withoutPlace(resource),
      condition: statement.Condition ?? {},
    })),
  );
};
