/** A statement of a policy, as CloudFormation writes it; references are resolved by then. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One thing that a policy allows. */
export interface Granted {
  readonly action: string;
  /** An ARN without partition, region and account; may hold `*`. */
  readonly resource: string;
  readonly condition: Conditions;
}

export const many = <T>(value: T | readonly T[]): readonly T[] => [value].flat() as readonly T[];

/** `arn:aws:dynamodb:us-east-1:000000000000:table/Leads` → `dynamodb:table/Leads`, the same in every account. */
export const withoutPlace = (arn: string): string => {
  const [start, , service, , , ...rest] = arn.split(':');
  return start === 'arn' ? [service, ...rest].join(':') : arn;
};

/** @throws Error for a Deny: what it leaves of the others isn't worked out here */
export const grantedBy = (statement: Statement): Granted[] => {
  if (statement.Effect !== 'Allow') throw new Error(`a ${statement.Effect} in the policy of a function`);
  return many(statement.Action).flatMap((action) =>
    many(statement.Resource).map((resource) => ({
      action,
      resource: withoutPlace(resource),
      condition: statement.Condition ?? {},
    })),
  );
};
