import { CfnResource } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';

/**
 * The types of resources that the pinned emulator refuses, as `npm run test:e2e:gaps` measures. A template with any of
 * them can't be deployed there at all. docs/e2e.md lists what covers them instead.
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

/** The beginning of the lines that list what was left out; type and path follow. */
export const leftOut = 'left out, since the emulator refuses it: ';

/** Whether an alarm is on a formula of metrics. The emulator refuses those, and accepts alarms on one metric. */
const isFormulaAlarm = (node: CfnResource): boolean => node instanceof CfnAlarm && node.metrics !== undefined;

const isRefused = (node: IConstruct): node is CfnResource =>
  node instanceof CfnResource && (refusedTypes.includes(node.cfnResourceType) || isFormulaAlarm(node));

/**
 * Removes from an app what the emulator refuses. Everything else stays as it is shipped; if a resource that stays
 * refers to one that was removed, the deployment fails.
 *
 * @returns the removed resources
 */
export const removeRefused = (app: IConstruct): CfnResource[] => {
  const refused = app.node.findAll().filter(isRefused);
  for (const { node } of refused) node.scope?.node.tryRemoveChild(node.id);
  return refused;
};
