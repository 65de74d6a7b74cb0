import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { type Description, deadLettersIn } from '../stack/description.ts';
import type { Finding } from './finding.ts';

const countObjects = async (endpoint: string, Bucket: string): Promise<number> => {
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    forcePathStyle: true,
  });
  try {
    let count = 0;
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
      count += Contents.length;
    }
    return count;
  } finally {
    client.destroy();
  }
};

const finding = (about: string, count: number, what: string): Finding[] =>
  count === 0 ? [] : [{ invariant: 'I5', about, sentence: `has ${count} ${what} that were given up` }];

/** Nothing in the load is beyond the functions: no message and no batch of a stream may have been given up. */
export const checkGivenUp = async (endpoint: string, description: Description): Promise<Finding[]> => {
  const bucket = description.outputs.FailedRecordsBucketName ?? '';
  const letters = Object.entries(deadLettersIn(description));
  return [
    ...letters.flatMap(([queue, count]) => finding(queue, count, 'messages')),
    ...finding(bucket, await countObjects(endpoint, bucket), 'batches'),
  ];
};
