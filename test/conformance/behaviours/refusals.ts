import type { CancellationReason } from '@aws-sdk/client-dynamodb';

interface Refusal {
  readonly name: string;
  readonly message: string;
  readonly CancellationReasons?: readonly CancellationReason[];
  readonly Item?: unknown;
}

/** Returns the error of a request that must fail. */
export const catchRefusal = async (request: Promise<unknown>): Promise<Refusal> => {
  try {
    await request;
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('the request was accepted');
};
