import { expect, it } from 'vitest';
import { createBucketReader } from '../../../shared/anchors/index.ts';

const environment = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
};

/** Creates a reader whose requests are answered by a text. Returns it with the requests. */
const createReader = (answer: () => Response, more: Readonly<Record<string, string>> = {}) => {
  const sent: { url: string; headers: Record<string, string> }[] = [];
  const reader = createBucketReader('anchors-1', { ...environment, ...more }, async (url, init) => {
    sent.push({ url: `${url}`, headers: init?.headers as Record<string, string> });
    return answer();
  });
  return { reader, sent };
};

it('asks the bucket itself, and signs the request for S3', async () => {
  const { reader, sent } = createReader(() => new Response('content'));
  expect(await reader.read('anchors/2026-03-01T03:17:00.000Z/manifest.json')).toBe('content');
  const [{ url, headers } = { url: '', headers: {} as Record<string, string> }] = sent;
  expect(url).toBe(
    'https://anchors-1.s3.eu-central-1.amazonaws.com/anchors/2026-03-01T03%3A17%3A00.000Z/manifest.json',
  );
  expect(headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/s3\/aws4_request, SignedHeaders=host;/,
  );
  expect(headers['x-amz-security-token']).toBe('token');
});

it('has the bucket in the path of a local endpoint', async () => {
  const { reader, sent } = createReader(() => new Response('content'), {
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:8010',
  });
  await reader.read('anchors/a');
  expect(sent[0]?.url).toBe('http://127.0.0.1:8010/anchors-1/anchors/a');
});

it('lists keys behind another one', async () => {
  const body =
    '<ListBucketResult><Contents><Key>anchors/a</Key></Contents><Contents><Key>anchors/b</Key></Contents></ListBucketResult>';
  const { reader, sent } = createReader(() => new Response(body));
  expect(await reader.list('anchors/', 'anchors/0')).toEqual(['anchors/a', 'anchors/b']);
  expect(sent[0]?.url).toContain('/?list-type=2&prefix=anchors%2F&start-after=anchors%2F0');
});

it('tells an object that is not there from a bucket that may not be read', async () => {
  expect(await createReader(() => new Response('', { status: 404 })).reader.read('a')).toBeUndefined();
  await expect(createReader(() => new Response('', { status: 403 })).reader.read('a')).rejects.toThrow(
    'the bucket answered with 403',
  );
});

it.each([
  ['not there, if a list of its key lacks it', ['anchors/ab'], undefined],
  ['not readable, if a list of its key has it', ['anchors/a', 'anchors/ab'], 'the bucket answered with 403'],
])('takes an object that is refused as %s', async (_, keys, error) => {
  const body = keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  const { reader, sent } = createReader(() =>
    sent.length === 1 ? new Response('', { status: 403 }) : new Response(body),
  );
  const read = await reader.read('anchors/a').catch(({ message }: Error) => message);
  expect(read?.slice(0, 28)).toBe(error);
  expect(sent[1]?.url).toContain('/?list-type=2&prefix=anchors%2Fa');
});

it('names the function in its user agent, as the SDK does', async () => {
  const { reader, sent } = createReader(() => new Response('content'), {
    AWS_SDK_UA_APP_ID: 'manage-quarantine/PTEnv/',
  });
  await reader.read('anchors/a');
  expect(sent[0]?.headers['user-agent']).toBe('app/manage-quarantine-PTEnv-');
});
