import { CfnResource } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';

/**
 * Types of resources that the pinned emulator refuses, as `npm run test:e2e:gaps` measures. A template with any of them
 * can't be deployed there at all. docs/e2e.md tells what covers them instead.
 */
export const refusedTypes: readonly string[] = [
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::Events::Archive',
  'AWS::Events::EventBusPolicy',
  'AWS::Logs::QueryDefinition',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::Synthetics::Canary',
];

/** It knows alarms on a metric, and refuses those on a formula of metrics. */
const isFormulaAlarm = (node: CfnResource): boolean => node instanceof CfnAlarm && node.metrics !== undefined;

const isRefused = (node: IConstruct): boolean =>
  node instanceof CfnResource && (refusedTypes.includes(node.cfnResourceType) || isFormulaAlarm(node));

/**
 * Takes out of an app what the emulator refuses. All else stays word for word as it is shipped; where something that
 * stays refers to what went, the deployment fails.
 *
 * @returns the paths of what was taken out
 */
export const removeRefused = (app: IConstruct): string[] => {
  const refused = app.node.findAll().filter(isRefused);
  for (const { node } of refused) node.scope?.node.tryRemoveChild(node.id);
  return refused.map(({ node }) => node.path);
};
