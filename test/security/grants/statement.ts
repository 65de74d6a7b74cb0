type Effect = 'Allow' | 'Deny';

/** A statement of a policy, as CloudFormation writes it, with its references resolved. */
export interface Statement {
  readonly Effect: Effect;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
  /** The policies of roles have none. */
  readonly Principal?: unknown;
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One action on one resource, which a policy allows or denies. */
export interface Right {
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

/** Returns the rights of a statement. @throws Error if its effect is the other one, which isn't computed here */
export const listRights = (effect: Effect, statement: Statement): Right[] => {
  if (statement.Effect !== effect)
    throw new Error(`a statement: given ${statement.Effect}; allowed: ${effect}`);
  return many(statement.Action).flatMap((action) =>
    many(statement.Resource).map((resource) => ({
      action,
      resource: withoutPlace(resource),
      condition: statement.Condition ?? {},
    })),
  );
};
