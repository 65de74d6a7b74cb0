import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { anchorHeads } from './anchor-heads.ts';
import { createS3Store } from './anchor-store.ts';
import { createHeadReader } from './read-heads.ts';

const { LEADS_TABLE, ANCHORS_BUCKET } = readEnvironment(['LEADS_TABLE', 'ANCHORS_BUCKET']);

export const handler = lambdaHandler(
  anchorHeads({
    readHeads: createHeadReader(new DynamoDBClient(), LEADS_TABLE),
    store: createS3Store(new S3Client(), ANCHORS_BUCKET),
    now: Date.now,
  }),
);
