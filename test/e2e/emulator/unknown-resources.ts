import { CfnResource } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';

/** A kind of resource that the pinned emulator refuses. docs/e2e.md tells of each what covers it instead. */
export interface UnknownKind {
  readonly name: string;
  readonly is: (resource: CfnResource) => boolean;
}

const ofType =
  (...types: string[]) =>
  ({ cfnResourceType }: CfnResource): boolean =>
    types.includes(cfnResourceType);

export const unknownKinds: readonly UnknownKind[] = [
  { name: 'AWS::Events::Archive', is: ofType('AWS::Events::Archive') },
  {
    name: 'AWS::CloudWatch::Alarm on a formula of metrics',
    is: (resource) => resource instanceof CfnAlarm && resource.metrics !== undefined,
  },
];

const kindOf = (node: IConstruct): UnknownKind | undefined =>
  node instanceof CfnResource ? unknownKinds.find(({ is }) => is(node)) : undefined;

/**
 * Takes out of an app what the emulator doesn't know. All else stays word for word as it is shipped; where something
 * that stays refers to what went, the synthesis or the deployment fails.
 *
 * @returns what was taken out, by path
 */
export const removeUnknown = (app: IConstruct): string[] => {
  const unknown = app.node.findAll().filter((node) => kindOf(node) !== undefined);
  for (const { node } of unknown) node.scope?.node.tryRemoveChild(node.id);
  return unknown.map(({ node }) => node.path);
};
