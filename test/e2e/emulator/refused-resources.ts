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

/** Begins the lines that tell what was left out; type and path follow. */
export const leftOut = 'left out, since the emulator refuses it: ';

/** It knows alarms on a metric, and refuses those on a formula of metrics. */
const isFormulaAlarm = (node: CfnResource): boolean => node instanceof CfnAlarm && node.metrics !== undefined;

const isRefused = (node: IConstruct): node is CfnResource =>
  node instanceof CfnResource && (refusedTypes.includes(node.cfnResourceType) || isFormulaAlarm(node));

/**
 * Takes out of an app what the emulator refuses. All else stays word for word as it is shipped; where something that
 * stays refers to what went, the deployment fails.
 *
 * @returns what was taken out
 */
export const removeRefused = (app: IConstruct): CfnResource[] => {
  const refused = app.node.findAll().filter(isRefused);
  for (const { node } of refused) node.scope?.node.tryRemoveChild(node.id);
  return refused;
};
