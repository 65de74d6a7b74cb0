import { Duration, Validations } from 'aws-cdk-lib';
import { type Alarm, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { alarmAt } from './alarm-at.ts';
import type { SluiceFunction } from './sluice-function.ts';

/**
 * Moves traffic to a new version of each function in two steps: a tenth of it for five minutes, then all. Where the
 * new version fails meanwhile, all of it goes back, and the deployment of the stack with it.
 */
export class SafeDeployments extends Construct {
  constructor(scope: Construct, id: string, functions: readonly SluiceFunction[]) {
    super(scope, id);
    const application = new LambdaApplication(this, 'Application');
    const role = codeDeployRole(this);
    for (const fn of functions) {
      new LambdaDeploymentGroup(fn, 'Deployment', {
        application,
        role,
        alias: fn.live,
        deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
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
      'The narrower of the two policies that AWS keeps for CodeDeploy and Lambda: it shifts aliases and reads ' +
      'alarms. Only CodeDeploy can assume the role.',
  });
  return role;
};

/** Of the new version alone: with a tenth of the traffic its failures would drown in the rate of the whole function. */
const alarmOnNewVersion = ({ live, lambda }: SluiceFunction): Alarm => {
  const dimensionsMap = {
    FunctionName: lambda.functionName,
    Resource: `${lambda.functionName}:${live.aliasName}`,
    ExecutedVersion: live.version.version,
  };
  const perMinute = { dimensionsMap, statistic: 'Sum' };
  return alarmAt(live, 'NewVersionAlarm', {
    section: 'failed-deployments',
    metric: new MathExpression({
      label: 'Failed invocations of the version in percent',
      expression: 'IF(invocations > 0, 100 * errors / invocations, 0)',
      usingMetrics: {
        errors: lambda.metricErrors(perMinute),
        invocations: lambda.metricInvocations(perMinute),
      },
      period: Duration.minutes(1),
    }),
    threshold: 5,
    evaluationPeriods: 1,
    alarmDescription:
      'In a minute, 5 % of the invocations of the version that was deployed last failed as a whole. While it is being ' +
      'deployed, traffic goes back to the version before by itself. Look at the log, mend it, and deploy again.',
  });
};
