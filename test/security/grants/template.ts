import { LocalStackError } from '../../../infra/local/errors.ts';
import type { Resource } from '../../../infra/local/resource-types.ts';

/** The resources of all stacks, and how their references are resolved: to names of the local stack, or of an account. */
export interface Templates {
  readonly resources: readonly Resource[];
  readonly resolve: (value: unknown, stack: string) => unknown;
}

export const ofType = ({ resources }: Templates, type: string): readonly Resource[] =>
  resources.filter((resource) => resource.type === type);

/** What `Ref` and `Fn::GetAtt` name, within a stack. */
export const refersTo = (value: unknown): string | undefined => {
  const { Ref, 'Fn::GetAtt': att } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  return Ref ?? att?.[0];
};

/** What nobody resolves, such as the ARN of a log group, is called after its logical id. */
export const resolved = ({ resolve }: Templates, value: unknown, stack: string): string => {
  try {
    return String(resolve(value, stack));
  } catch (error) {
    const named = refersTo(value);
    if (named === undefined || !(error instanceof LocalStackError)) throw error;
    return named;
  }
};
