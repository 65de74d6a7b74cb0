import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { stepFailed } from '../errors.ts';
import { invoke } from '../invoke.ts';
import { counted, type Step } from '../step.ts';

export const anchor: Step = {
  name: 'heads of the ledgers are anchored',
  run: async ({ target }) => {
    await invoke(target, 'AnchorHeadsFunctionName');
    const { Contents = [] } = await target.clients.s3.send(
      new ListObjectsV2Command({ Bucket: target.output('AnchorsBucketName'), Prefix: 'anchors/' }),
    );
    if (Contents.length === 0) throw stepFailed('the bucket has no object below anchors/');
    return { saw: `${counted(Contents.length, 'object')} below anchors/` };
  },
};
