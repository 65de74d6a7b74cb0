import { join, resolve } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { createAlarm, periodOfMinutes } from '../create-alarm.ts';
import { OwnRole } from '../own-role.ts';

const projectRoot = resolve(import.meta.dirname, '../../..');

/**
 * Creates the function that Cognito asks before it makes an access token. It isn't among `functions/`: it is no part of
 * what qualifies leads, runs nowhere but behind Cognito, and neither logs nor calls anything.
 */
export const signInTrigger = (scope: Construct, id: string, logRetention: RetentionDays): NodejsFunction => {
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    retention: logRetention,
    // What Lambda itself writes about invocations is no business data.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new OwnRole(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  const lambda = new NodejsFunction(scope, id, {
    entry: join(projectRoot, 'infra/triggers/grant-scopes.ts'),
    description: 'Grants people the scopes of their groups',
    architecture: Architecture.ARM_64,
    runtime: Runtime.NODEJS_24_X,
    memorySize: 128,
    // Cognito waits for 5 seconds.
    timeout: Duration.seconds(5),
    role,
    logGroup,
    projectRoot,
    depsLockFilePath: join(projectRoot, 'package-lock.json'),
    bundling: { format: OutputFormat.ESM, minify: true, mainFields: ['module', 'main'] },
  });
  createAlarm(lambda, 'ErrorAlarm', {
    section: 'failed-invocations',
    metric: lambda.metricErrors({ ...periodOfMinutes(5), statistic: 'Sum' }),
    threshold: 1,
    evaluationPeriods: 1,
    alarmDescription:
      'People could not sign in: the function that grants the scopes of their groups has failed. Nobody loses what ' +
      'was begun; look at its log.',
  });
  return lambda;
};
