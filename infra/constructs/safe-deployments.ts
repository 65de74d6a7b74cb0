import { Duration, Validations } from 'aws-cdk-lib';
import { type Alarm, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Deployment } from '../environments.ts';
import { createAlarm } from './create-alarm.ts';
import type { SluiceFunction } from './sluice-function.ts';

export interface SafeDeploymentsProps {
  readonly functions: readonly SluiceFunction[];
  readonly deployment: Exclude<Deployment, 'plain'>;
}

/**
 * The steps of each kind of deployment. All at once is for another scoring model: two models side by side would move
 * leads between tiers, back and forth.
 */
const steps = {
  'at-once': LambdaDeploymentConfig.ALL_AT_ONCE,
  gradual: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
};

/**
 * Moves traffic to a new version of each function in two steps: a tenth of it for five minutes, then all. If the new
 * version fails meanwhile, all traffic goes back, and the deployment of the stack is rolled back.
 */
export class SafeDeployments extends Construct {
  constructor(scope: Construct, id: string, { functions, deployment }: SafeDeploymentsProps) {
    super(scope, id);
    const application = new LambdaApplication(this, 'Application');
    const role = codeDeployRole(this);
    for (const fn of functions) {
      new LambdaDeploymentGroup(fn, 'Deployment', {
        application,
        role,
        alias: fn.live,
        deploymentConfig: steps[deployment],
        alarms: [alarmOnNewVersion(fn)],
      });
    }
  }
}

const codeDeployRole = (scope: Construct): Role => {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
    managedPolicies: [
      ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited'),
    ],
  });
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
    reason:
      'The narrower of the two policies that AWS offers for CodeDeploy and Lambda: it shifts aliases and reads ' +
      'alarms. Only CodeDeploy can assume the role.',
  });
  return role;
};

/**
 * Creates an alarm on the new version alone: with a tenth of the traffic its failures would drown in the rate of the
 * whole function.
 */
const alarmOnNewVersion = ({ live, lambda }: SluiceFunction): Alarm => {
  const dimensionsMap = {
    FunctionName: lambda.functionName,
    Resource: `${lambda.functionName}:${live.aliasName}`,
    ExecutedVersion: live.version.version,
  };
  const perMinute = { dimensionsMap, statistic: 'Sum' };
  return createAlarm(live, 'NewVersionAlarm', {
    section: 'failed-deployments',
    metric: new MathExpression({
      label: 'Failed invocations of the version in percent',
      // A single timeout, which may be chance, is no reason for a rollback.
      expression: 'IF(errors >= 2, 100 * errors / invocations, 0)',
      usingMetrics: {
        errors: lambda.metricErrors(perMinute),
        invocations: lambda.metricInvocations(perMinute),
      },
      period: Duration.minutes(1),
    }),
    threshold: 5,
    evaluationPeriods: 1,
    alarmDescription:
      'Within a minute, 5 % of the invocations of the latest version failed as a whole, and at least two. During a ' +
      'deployment, traffic goes back to the previous version automatically. Look at the log, fix the cause, and ' +
      'deploy again.',
  });
};
