import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { anchorPrefix } from '../../shared/keys/index.ts';
import { grantKey } from './key-grants.ts';

/** Grants listing and reading anchors, and nothing else in their bucket. */
export const grantReadingAnchors = (grantee: IFunction, anchors: Bucket): void => {
  Grant.addToPrincipal({
    grantee,
    actions: ['s3:GetObject'],
    resourceArns: [anchors.arnForObjects(`${anchorPrefix}*`)],
  });
  Grant.addToPrincipal({
    grantee,
    actions: ['s3:ListBucket'],
    resourceArns: [anchors.bucketArn],
    conditions: { StringLike: { 's3:prefix': [`${anchorPrefix}*`] } },
  });
  grantKey(anchors.encryptionKey, grantee, 'readingObjects');
};
