import { InvokeCommand } from '@aws-sdk/client-lambda';
import { stepFailed } from './errors.ts';
import type { Target } from './target.ts';

/** Invokes a function as its schedule would. @throws EndToEndError `STEP_FAILED` if it fails */
export const invoke = async ({ clients, output }: Target, outputName: string): Promise<void> => {
  const asked = new InvokeCommand({ FunctionName: output(outputName), Payload: '{}' });
  const { FunctionError, Payload } = await clients.lambda.send(asked);
  if (FunctionError === undefined) return;
  throw stepFailed(`${outputName} failed: ${FunctionError} ${Buffer.from(Payload ?? []).toString()}`);
};
