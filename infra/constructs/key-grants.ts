import { Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/**
 * The actions on a key that each service needs on behalf of its caller.
 *
 * - tables: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html, without
 * `kms:CreateGrant`, which only the creator of the table needs
 * - queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * - objects: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * - secrets: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export const keyUses = {
  tables: {
    service: 'dynamodb',
    actions: [
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:DescribeKey',
    ],
  },
  streams: { service: 'dynamodb', actions: ['kms:Decrypt'] },
  receiving: { service: 'sqs', actions: ['kms:Decrypt'] },
  sending: { service: 'sqs', actions: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  writingObjects: { service: 's3', actions: ['kms:GenerateDataKey'] },
  readingObjects: { service: 's3', actions: ['kms:Decrypt'] },
  secrets: { service: 'secretsmanager', actions: ['kms:Decrypt'] },
} as const;

/**
 * Grants uses of a key through the services that need it, and not directly: a function has no use for data keys of its
 * own. Without a key of the account it grants nothing.
 */
export const grantKey = (
  key: IKey | undefined,
  grantee: IGrantable & Construct,
  ...uses: readonly (keyof typeof keyUses)[]
): void => {
  if (key === undefined) return;
  const { region, urlSuffix } = Stack.of(grantee);
  for (const use of uses) {
    const { service, actions } = keyUses[use];
    Grant.addToPrincipal({
      grantee,
      actions: [...actions],
      resourceArns: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
    });
  }
};
