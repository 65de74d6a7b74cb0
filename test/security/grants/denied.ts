import { findStatements } from './granted.ts';
import { listRights, type Right } from './statement.ts';
import { ofType, type Templates } from './template.ts';

/**
 * Returns everything that the policies of buckets deny.
 *
 * @throws Error for a policy that denies something to some only, or that allows something
 */
export const collectDenials = (templates: Templates): Right[] =>
  ofType(templates, 'AWS::S3::BucketPolicy')
    .flatMap((policy) => findStatements(templates, policy))
    .flatMap((statement) => {
      if (JSON.stringify(statement.Principal) === '{"AWS":"*"}') return listRights('Deny', statement);
      throw new Error(
        `a statement of a bucket for ${JSON.stringify(statement.Principal)}; read is "AWS": "*"`,
      );
    });
