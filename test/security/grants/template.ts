import { LocalStackError } from '../../../infra/local/errors.ts';
import type { Resource } from '../../../infra/local/resource-types.ts';

/**
 * The resources of all stacks, and the resolution of their references to names of the local stack, or of an account.
 */
export interface Templates {
  readonly resources: readonly Resource[];
  readonly resolve: (value: unknown, stack: string) => unknown;
}

export const ofType = ({ resources }: Templates, type: string): readonly Resource[] =>
  resources.filter((resource) => resource.type === type);

/**
 * Returns the logical id that `Ref` or `Fn::GetAtt` names, within a stack: the first one, if a value is composed of
 * several.
 */
export const refersTo = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { Ref, 'Fn::GetAtt': att } = value as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  const inner = (): (string | undefined)[] => Object.values(value).map(refersTo);
  return Ref ?? att?.[0] ?? inner().find((named) => named !== undefined);
};

/** Returns the function that a reference names, directly or by an alias of it. */
export const functionNamed = (templates: Templates, value: unknown, stack: string): Resource | undefined => {
  const id = refersTo(value);
  const named = templates.resources.find((each) => each.stack === stack && each.logicalId === id);
  if (named?.type !== 'AWS::Lambda::Alias') return named;
  return functionNamed(templates, named.properties.FunctionName, stack);
};

/**
 * Returns a value with its references resolved. A reference that cannot be resolved, such as the ARN of a log group,
 * becomes its logical id.
 */
export const resolved = ({ resolve }: Templates, value: unknown, stack: string): string => {
  try {
    return String(resolve(value, stack));
  } catch (error) {
    const named = refersTo(value);
    if (named === undefined || !(error instanceof LocalStackError)) throw error;
    return named;
  }
};
