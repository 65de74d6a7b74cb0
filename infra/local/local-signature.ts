import { region } from './resource-types.ts';

/**
 * The signature of local requests. Local engines require one and don't verify it. All callers share one, as some
 * engines separate tables by access key.
 */
export const localSignature = {
  'x-amz-date': '20260101T000000Z',
  authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
} as const;
