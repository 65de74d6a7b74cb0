import type { Resource } from '../../../infra/local/resource-types.ts';
import { listRights, many, type Right, type Statement } from './statement.ts';
import { ofType, refersTo, resolved, type Templates } from './template.ts';

interface RawStatement extends Omit<Statement, 'Resource'> {
  readonly Resource: unknown;
}
interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly RawStatement[] };
}

/** Returns the policies that stand in a role, each as if it were a resource. */
const findPolicies = (role: Resource): readonly Resource[] =>
  ((role.properties.Policies ?? []) as readonly Resource['properties'][]).map((properties) => ({
    ...role,
    properties,
  }));

/** Returns the statements of a policy, with their resources resolved. */
export const findStatements = (templates: Templates, policy: Resource): Statement[] =>
  (policy.properties as unknown as Policy).PolicyDocument.Statement.map((statement) => ({
    ...statement,
    Resource: many(statement.Resource).map((resource) => resolved(templates, resource, policy.stack)),
  }));

/** Returns the role of a function. @throws Error if it has rights that don't stand in it */
const findRole = (templates: Templates, fn: Resource): Resource => {
  const id = refersTo(fn.properties.Role);
  const role = ofType(templates, 'AWS::IAM::Role').find(
    ({ stack, logicalId }) => stack === fn.stack && logicalId === id,
  );
  if (role === undefined) throw new Error(`${fn.path} has no role among the resources`);
  if (role.properties.ManagedPolicyArns || ofType(templates, 'AWS::IAM::Policy').length > 0)
    throw new Error(`${role.path} may have rights beside its own policies; only those are read here`);
  return role;
};

/** Returns everything that a function's role allows. */
export const collectGrants = (templates: Templates, fn: Resource): Right[] =>
  findPolicies(findRole(templates, fn))
    .flatMap((policy) => findStatements(templates, policy))
    .flatMap((statement) => listRights('Allow', statement));
