import { Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Returns a value of a stack as cdk-nag writes it in its findings: `<AWS::Region>` if only the deployment knows it. */
const written = (stack: Stack, value: string): string => {
  const resolved: string | { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[] } =
    stack.resolve(value);
  return typeof resolved === 'string' ? resolved : `<${resolved.Ref ?? resolved['Fn::GetAtt']?.join('.')}>`;
};

const ofPolicy =
  "The CDK's own function copies the files during a deployment. AWS's policy lets it write logs, and nothing else.";
const ofRuntime =
  "The runtime of the CDK's own function is chosen by the CDK, which tests it; it runs during deployments only.";
const ofActions =
  "The CDK's own function copies the files during a deployment, by rights that the CDK gives it on two buckets: that of " +
  'the files, and that of the assets of deployments.';
const ofObjects =
  'The names of the files have hashes that change with each deployment; everything in this bucket is public code.';
const ofAssets =
  "The CDK's own function reads what was uploaded for this deployment. AWS's bootstrap names it by hashes, and it has no " +
  'personal data.';

const actions = ['s3:GetBucket*', 's3:GetObject*', 's3:List*', 's3:Abort*', 's3:DeleteObject*'];

/** Returns the findings about the function by which the CDK copies files, with the reasons why they are no defect. */
const listReasons = (stack: Stack, bucket: IBucket): ReadonlyMap<string, string> => {
  const [partition, account, region] = [stack.partition, stack.account, stack.region].map((value) =>
    written(stack, value),
  );
  const assets = `cdk-${stack.synthesizer.bootstrapQualifier}-assets-${account}-${region}`;
  // cdk-nag never knows the partition of a policy of AWS's own.
  const logging = `arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`;
  return new Map([
    [`AwsSolutions-IAM4[Policy::${logging}]`, ofPolicy],
    ['AwsSolutions-L1', ofRuntime],
    ...actions.map((action) => [`AwsSolutions-IAM5[Action::${action}]`, ofActions] as const),
    [`AwsSolutions-IAM5[Resource::${written(stack, bucket.bucketArn)}/*]`, ofObjects],
    [`AwsSolutions-IAM5[Resource::arn:${partition}:s3:::${assets}/*]`, ofAssets],
  ]);
};

/** Acknowledges towards cdk-nag what the CDK's own function for copying files into a bucket is made of. */
export const acknowledgeCopying = (scope: Construct, bucket: IBucket): void => {
  const stack = Stack.of(scope);
  const copying = stack.node.children.filter(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
  for (const construct of copying) {
    for (const [id, reason] of listReasons(stack, bucket))
      Validations.of(construct).acknowledge({ id, reason });
  }
};
