import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Bucket } from '../../../infra/local/bucket.ts';
import { s3Protocol } from '../../../infra/local/protocols/s3.ts';
import { serve } from './gateway.ts';

const setUp = async () => {
  const plain = new Bucket({ name: 'plain', versioned: false });
  const versioned = new Bucket({ name: 'versioned', versioned: true });
  const config = await serve(s3Protocol([plain, versioned]));
  const client = new S3Client(config);
  onTestFinished(() => client.destroy());
  const put = (Bucket: string, Key: string, Body: string, more: object = {}) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const text = async (Bucket: string, Key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return Body?.transformToString();
  };
  return { client, put, text, endpoint: config.endpoint };
};

const keys = [
  'heads/2026-03-01.json',
  '/leading',
  'trailing/',
  'a//b',
  'a/../b',
  '.',
  'with space + plus & ampersand ? question # hash % percent',
  `quotes " ' < > = ; : @ , $ ! ( ) * ~ [ ] { } | \\ ^ \``,
  'Zoë/数/\u{1f600}',
  'k'.repeat(1_024),
];

describe('S3, as its client sees it', () => {
  it.each(keys)('returns what was put under any key: %j', async (key) => {
    const { client, put, text } = await setUp();
    const { ETag } = await put('plain', key, `body of ${key}`);
    expect(await text('plain', key)).toBe(`body of ${key}`);
    expect(await client.send(new HeadObjectCommand({ Bucket: 'plain', Key: key }))).toMatchObject({
      ContentLength: Buffer.byteLength(`body of ${key}`),
      ETag,
    });
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: 'plain' }));
    expect(Contents?.map(({ Key }) => Key)).toEqual([key]);
    await client.send(new DeleteObjectCommand({ Bucket: 'plain', Key: key }));
    await expect(text('plain', key)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it.each([
    ['bytes', new Uint8Array([0, 13, 10, 255])],
    ['nothing', new Uint8Array()],
    ['two megabytes', new Uint8Array(2_097_152).fill(7)],
  ])('keeps a body as it is: %s', async (_, Body) => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body }));
    const got = await client.send(new GetObjectCommand({ Bucket: 'plain', Key: 'k' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Buffer.from(Body))).toBe(true);
  });

  it('accepts a stream, which the client sends in chunks followed by a checksum', async () => {
    const { client, text } = await setUp();
    const content = 'line\r\n0\r\n'.repeat(30_000);
    const Body = Readable.from(
      [content.slice(0, 100_000), content.slice(100_000)].map((part) => Buffer.from(part)),
    );
    await client.send(
      new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body, ContentLength: content.length }),
    );
    expect(await text('plain', 'k')).toBe(content);
  });

  it('replaces an object if its bucket has no versions', async () => {
    const { client, put, text } = await setUp();
    await put('plain', 'k', 'first');
    expect(await put('plain', 'k', 'second')).not.toHaveProperty('VersionId');
    expect(await text('plain', 'k')).toBe('second');
    const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket: 'plain' }));
    expect(Versions).toMatchObject([{ Key: 'k', VersionId: 'null', IsLatest: true }]);
  });

  it('keeps the versions that are written over and deleted, and reads each', async () => {
    const { client, put, text } = await setUp();
    const on = { Bucket: 'versioned', Key: 'k' };
    const first = await put('versioned', 'k', 'first');
    const second = await put('versioned', 'k', 'second');
    expect(await text('versioned', 'k')).toBe('second');
    const marker = await client.send(new DeleteObjectCommand(on));
    expect(marker.DeleteMarker).toBe(true);
    await expect(text('versioned', 'k')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect((await client.send(new ListObjectsV2Command({ Bucket: 'versioned' }))).KeyCount).toBe(0);
    const read = async (VersionId: string | undefined) => {
      const { Body } = await client.send(new GetObjectCommand({ ...on, VersionId }));
      return Body?.transformToString();
    };
    expect([await read(first.VersionId), await read(second.VersionId)]).toEqual(['first', 'second']);
    await expect(read(marker.VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    await expect(read('v9')).rejects.toMatchObject({ name: 'NoSuchVersion' });
    // S3 takes a deleted object for none.
    await put('versioned', 'k', 'third', { IfNoneMatch: '*' });
    expect(await text('versioned', 'k')).toBe('third');
  });

  it('lists versions page by page: by key, the newest first', async () => {
    const { client, put } = await setUp();
    for (const key of ['a/ü 1', 'a/2', 'b']) {
      await put('versioned', key, 'x');
      await put('versioned', key, 'y');
    }
    await client.send(new DeleteObjectCommand({ Bucket: 'versioned', Key: 'a/2' }));
    const pages: string[][] = [];
    let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (next !== undefined) {
      const input = { Bucket: 'versioned', Prefix: 'a/', MaxKeys: 2, EncodingType: 'url' as const, ...next };
      const page: ListObjectVersionsCommandOutput = await client.send(new ListObjectVersionsCommand(input));
      const listed = [...(page.DeleteMarkers ?? []), ...(page.Versions ?? [])];
      pages.push(
        listed.map(({ Key = '', VersionId, IsLatest }) =>
          [decodeURIComponent(Key), VersionId, IsLatest].join(' '),
        ),
      );
      const { IsTruncated, NextKeyMarker = '', NextVersionIdMarker = '' } = page;
      const KeyMarker = decodeURIComponent(NextKeyMarker);
      next = IsTruncated ? { KeyMarker, VersionIdMarker: NextVersionIdMarker } : undefined;
    }
    expect(pages).toEqual([
      ['a/2 v3 true', 'a/2 v2 false'],
      ['a/2 v1 false', 'a/ü 1 v2 true'],
      ['a/ü 1 v1 false'],
    ]);
  });

  it.each(['plain', 'versioned'])(
    'with If-None-Match, puts an object only if there is none: %s',
    async (bucket) => {
      const { put, text } = await setUp();
      await put(bucket, 'k', 'first', { IfNoneMatch: '*' });
      await expect(put(bucket, 'k', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({
        name: 'PreconditionFailed',
        $metadata: expect.objectContaining({ httpStatusCode: 412 }),
      });
      expect(await text(bucket, 'k')).toBe('first');
    },
  );

  it('lists keys that begin with a prefix, page by page, in their order', async () => {
    const { client, put } = await setUp();
    for (const key of ['b/3', 'b/1', 'a', 'b/2', 'c']) await put('plain', key, 'x');
    const pages: (string | undefined)[][] = [];
    const input = { Bucket: 'plain', Prefix: 'b/' };
    for await (const { Contents = [], IsTruncated } of paginateListObjectsV2(
      { client, pageSize: 2 },
      input,
    )) {
      pages.push([...Contents.map(({ Key }) => Key), `${IsTruncated}`]);
    }
    expect(pages).toEqual([
      ['b/1', 'b/2', 'true'],
      ['b/3', 'false'],
    ]);
    const none = await client.send(new ListObjectsV2Command({ Bucket: 'plain', Prefix: 'x' }));
    expect([none.KeyCount, none.Contents]).toEqual([0, undefined]);
    const after = await client.send(new ListObjectsV2Command({ Bucket: 'plain', StartAfter: 'b/3' }));
    expect(after.Contents).toEqual([
      {
        Key: 'c',
        Size: 1,
        ETag: '"9dd4e461268c8034f5c8564e155c67a6"',
        LastModified: expect.any(Date),
        StorageClass: 'STANDARD',
      },
    ]);
  });

  it('refuses keys that are longer than those of S3, counted in bytes', async () => {
    const { client, put, text } = await setUp();
    const longest = 'é'.repeat(512);
    await put('plain', longest, 'stored');
    expect(await text('plain', longest)).toBe('stored');
    const refusal = {
      name: 'KeyTooLongError',
      message: 'Your key is too long: got 1025 bytes, allowed are 1024',
    };
    await expect(put('plain', `${longest}x`, 'refused')).rejects.toMatchObject(refusal);
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'plain' }));
    expect(Contents.map(({ Key }) => Key)).toEqual([longest]);
  });

  it('answers for missing buckets and objects as AWS does', async () => {
    const { client, text } = await setUp();
    await expect(text('nobody', 'k')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(text('plain', 'k')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(client.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'k' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('refuses unsupported requests rather than doing something else', async () => {
    const { client, put, endpoint } = await setUp();
    const notImplemented = { name: 'NotImplemented' };
    await put('plain', 'k', 'x');
    for (const command of [
      new DeleteObjectCommand({ Bucket: 'versioned', Key: 'k', VersionId: 'v1' }),
      new ListObjectsV2Command({ Bucket: 'plain', Delimiter: '/' }),
      new GetObjectCommand({ Bucket: 'plain', Key: 'k', Range: 'bytes=0-1' }),
      new GetObjectCommand({ Bucket: 'plain', Key: 'k', IfNoneMatch: '"x"' }),
    ]) {
      await expect(client.send(command as GetObjectCommand)).rejects.toMatchObject(notImplemented);
    }
    const malformed = await fetch(`${endpoint}/plain/%zz`);
    expect([malformed.status, await malformed.text()]).toEqual([400, expect.stringContaining('InvalidURI')]);
  });
});
