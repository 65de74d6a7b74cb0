import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openAnchorObjects } from '../../../cli/audit/anchor-objects.ts';
import type { Connection } from '../../../cli/stack/connect.ts';
import { dayMs } from '../../../events/index.ts';
import { Bucket } from '../../../infra/local/bucket.ts';
import { s3Protocol } from '../../../infra/local/protocols/s3.ts';
import { serve } from '../infra-local/gateway.ts';

const setUp = async (outputs: Readonly<Record<string, string>> = {}) => {
  const bucket = new Bucket({ name: 'heads', versioned: true });
  const client = new S3Client({ ...(await serve(s3Protocol([bucket]))), forcePathStyle: true });
  onTestFinished(() => client.destroy());
  const known = { AnchorsBucketName: 'heads', AnchorRetentionDays: '7', ...outputs };
  const connection = {
    outputs: known,
    output: (name: keyof typeof known) => known[name],
    s3: async () => client,
  } as unknown as Connection;
  const open = async () => {
    const objects = await openAnchorObjects(connection);
    if (objects === undefined) throw new Error('the stack has a bucket of anchors');
    return objects;
  };
  return { bucket, client, open };
};

describe('the objects of the bucket of anchors', () => {
  it('are read by their oldest version, also if they were written over and hidden', async () => {
    const { client, open } = await setUp();
    const on = { Bucket: 'heads', Key: 'anchors/a' };
    await client.send(new PutObjectCommand({ ...on, Body: 'original' }));
    await client.send(new PutObjectCommand({ ...on, Body: 'forged' }));
    await client.send(new DeleteObjectCommand(on));
    await client.send(new PutObjectCommand({ ...on, Body: 'forged', IfNoneMatch: '*' }));
    const objects = await open();
    const [object] = await objects.list();
    expect(object).toMatchObject({ key: 'anchors/a', isShadowed: true, isHidden: true });
    expect(object && (await objects.read(object))).toBe('original');
  });

  it('have one version and no delete marker if nobody touched them', async () => {
    const { client, open } = await setUp();
    await client.send(new PutObjectCommand({ Bucket: 'heads', Key: 'anchors/a', Body: 'original' }));
    await client.send(new PutObjectCommand({ Bucket: 'heads', Key: 'other', Body: 'of no run' }));
    expect(await (await open()).list()).toMatchObject([
      { key: 'anchors/a', isShadowed: false, isHidden: false },
    ]);
  });

  it('are listed with a delete marker alone, and cannot be read', async () => {
    const { client, open } = await setUp();
    await client.send(new DeleteObjectCommand({ Bucket: 'heads', Key: 'anchors/a' }));
    const objects = await open();
    const [object] = await objects.list();
    expect(object).toEqual({
      key: 'anchors/a',
      oldestVersion: undefined,
      isShadowed: false,
      isHidden: true,
    });
    expect(object && (await objects.read(object))).toBeUndefined();
  });

  it('are all listed, however many pages their versions take', async () => {
    const { bucket, open } = await setUp();
    for (let i = 0; i < 700; i++) {
      bucket.put(`anchors/${i}`, `original ${i}`, 0);
      bucket.put(`anchors/${i}`, 'forged', 0);
      bucket.put(`anchors/${i}`, 'forged again', 0);
    }
    const objects = await open();
    const listed = await objects.list();
    expect(listed).toHaveLength(700);
    expect(listed.every(({ isShadowed }) => isShadowed)).toBe(true);
    // Three versions don't divide a page of 1,000: it ends between the versions of an object.
    const bodies = await Promise.all(listed.map((object) => objects.read(object)));
    expect(bodies.filter((body) => !body?.startsWith('original'))).toEqual([]);
  });

  it('are retained for the time that the stack says', async () => {
    const { open } = await setUp({ AnchorRetentionDays: '30' });
    expect((await open()).retentionMs).toBe(30 * dayMs);
  });
});
