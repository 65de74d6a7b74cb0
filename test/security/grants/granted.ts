import type { Resource } from '../../../infra/local/resource-types.ts';
import { listRights, many, type Right, type Statement } from './statement.ts';
import { ofType, refersTo, resolved, type Templates } from './template.ts';

interface RawStatement extends Omit<Statement, 'Resource'> {
  readonly Resource: unknown;
}
interface Policy {
  readonly Roles: readonly unknown[];
  readonly PolicyDocument: { readonly Statement: readonly RawStatement[] };
}

const findPolicies = (templates: Templates, role: Resource): readonly Resource[] =>
  ofType(templates, 'AWS::IAM::Policy').filter(
    ({ stack, properties }) =>
      stack === role.stack && (properties as unknown as Policy).Roles.map(refersTo).includes(role.logicalId),
  );

/** Returns the statements of a policy, with their resources resolved. */
export const findStatements = (templates: Templates, policy: Resource): Statement[] =>
  (policy.properties as unknown as Policy).PolicyDocument.Statement.map((statement) => ({
    ...statement,
    Resource: many(statement.Resource).map((resource) => resolved(templates, resource, policy.stack)),
  }));

/** Returns the role of a function. @throws Error if it has rights that are not in policies of its own */
const findRole = (templates: Templates, fn: Resource): Resource => {
  const id = refersTo(fn.properties.Role);
  const role = ofType(templates, 'AWS::IAM::Role').find(
    ({ stack, logicalId }) => stack === fn.stack && logicalId === id,
  );
  if (role === undefined) throw new Error(`${fn.path} has no role among the resources`);
  if (role.properties.ManagedPolicyArns ?? role.properties.Policies)
    throw new Error(`${role.path} has managed or inline policies; only AWS::IAM::Policy is read here`);
  return role;
};

/** Returns everything that a function's role allows. */
export const collectGrants = (templates: Templates, fn: Resource): Right[] =>
  findPolicies(templates, findRole(templates, fn))
    .flatMap((policy) => findStatements(templates, policy))
    .flatMap((statement) => listRights('Allow', statement));
