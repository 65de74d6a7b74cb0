import { DeleteObjectCommand, GetObjectLockConfigurationCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Probe } from '../probe.ts';

/** Probes a bucket whose objects are locked. */
export const lockedBucket: Probe = async ({ clients: { s3 }, make }) => {
  const Bucket = 'locked-for-a-year';
  const { reason } = await make('Locked', {
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: Bucket,
        VersioningConfiguration: { Status: 'Enabled' },
        ObjectLockEnabled: true,
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
        },
      },
    },
  });
  const lock = await s3.send(new GetObjectLockConfigurationCommand({ Bucket })).then(
    ({ ObjectLockConfiguration }) => JSON.stringify(ObjectLockConfiguration),
    (error: Error) => error.name,
  );
  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'first' }));
  const deleted = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId })).then(
    () => 'deleted',
    (error: Error) => error.name,
  );
  return [
    { what: 'a lock of the template is applied', asAws: lock.includes('COMPLIANCE'), saw: reason || lock },
    { what: 'a locked version is not deleted', asAws: deleted === 'AccessDenied', saw: deleted },
  ];
};
