import { InvokeCommand } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { stepFailed } from '../errors.ts';
import { counted, type Step } from '../step.ts';

export const anchor: Step = {
  name: 'heads of the ledgers are anchored',
  run: async ({ target: { clients, output } }) => {
    const invoke = new InvokeCommand({ FunctionName: output('AnchorHeadsFunctionName'), Payload: '{}' });
    const { FunctionError, Payload } = await clients.lambda.send(invoke);
    if (FunctionError !== undefined) {
      throw stepFailed(`the function failed: ${FunctionError} ${Buffer.from(Payload ?? []).toString()}`);
    }
    const { Contents = [] } = await clients.s3.send(
      new ListObjectsV2Command({ Bucket: output('AnchorsBucketName'), Prefix: 'anchors/' }),
    );
    if (Contents.length === 0) throw stepFailed('the bucket has no object below anchors/');
    return { saw: `${counted(Contents.length, 'object')} below anchors/` };
  },
};
