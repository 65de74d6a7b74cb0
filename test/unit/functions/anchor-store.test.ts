import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AnchorTakenError, createS3Store } from '../../../functions/anchor-heads/anchor-store.ts';
import { Bucket } from '../../../infra/local/bucket.ts';
import { s3Protocol } from '../../../infra/local/protocols/s3.ts';
import { manifestKey } from '../../../shared/ledger/index.ts';
import { serve } from '../infra-local/gateway.ts';

const setUp = async () => {
  const bucket = new Bucket({ name: 'anchors', versioned: true });
  const client = new S3Client(await serve(s3Protocol([bucket])));
  onTestFinished(() => client.destroy());
  return { bucket, client, store: createS3Store(client, 'anchors') };
};
const key = manifestKey('2026-04-02T03:17:00.000Z');

describe('the store of anchors', () => {
  it('writes each object once', async () => {
    const { store, bucket } = await setUp();
    await store.put(key, 'written');
    expect(bucket.versions(key)).toHaveLength(1);
    expect(await store.latestManifest(Date.UTC(2026, 3, 3))).toEqual({ key, body: 'written' });
  });

  it('ignores manifests of a time to come, which no run wrote', async () => {
    const { store } = await setUp();
    await store.put(key, 'written');
    await store.put(manifestKey('2031-01-01T03:17:00.000Z'), 'forged');
    await store.put('anchors/later/manifest.json', 'forged');
    expect(await store.latestManifest(Date.UTC(2026, 3, 3))).toEqual({ key, body: 'written' });
    expect(await store.latestManifest(Date.UTC(2026, 3, 1))).toBeUndefined();
  });

  it('takes an equal object for its own, whose answer was lost', async () => {
    const { store, bucket } = await setUp();
    await store.put(key, 'written');
    await store.put(key, 'written');
    expect(bucket.versions(key)).toHaveLength(1);
  });

  it('refuses a key that holds something else, and leaves it as it is', async () => {
    const { store, client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket: 'anchors', Key: key, Body: 'of somebody else' }));
    await expect(store.put(key, 'written')).rejects.toBeInstanceOf(AnchorTakenError);
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'anchors', Key: key }));
    expect(await Body?.transformToString()).toBe('of somebody else');
  });

  it('passes other failures on', async () => {
    const { client } = await setUp();
    await expect(createS3Store(client, 'nowhere').put(key, 'written')).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });
});
