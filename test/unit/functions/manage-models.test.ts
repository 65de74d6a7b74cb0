import { beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { apiLimits, type Operation } from '../../../events/api/index.ts';
import { manageModels } from '../../../functions/manage-models/manage-models.ts';
import { createRescoringAdmin } from '../../../functions/manage-models/rescoring-admin.ts';
import { createModelRegistry, type ModelRegistry } from '../../../shared/model-store/index.ts';
import { apiRequest, bodyOf, type RequestProps } from '../../support/api-request.ts';
import { now as usualNow } from '../../support/events.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { smallDocument } from '../../support/models.ts';
import { indexes } from '../../support/tables.ts';

let at: number;
let registry: ModelRegistry;
let ask: (operation: Operation, props?: RequestProps) => Promise<{ status: number; body: Answer }>;
type Answer = ReturnType<typeof bodyOf>;

beforeEach(() => {
  at = usualNow;
  const props = { client: memoryClient({ tables: indexes }), table: 'leads', now: () => at };
  registry = createModelRegistry(props);
  const handle = manageModels({ registry, rescoring: createRescoringAdmin(props), now: props.now });
  ask = async (operation, given = {}) => {
    const answer = await handle(apiRequest(operation, { role: 'admin', ...given }));
    const body = bodyOf(answer);
    if (answer.statusCode < 300) answers[operation].parse(body);
    return { status: answer.statusCode, body };
  };
});

const reason = 'a test';
const publish = (version: string, more: object = {}, props: RequestProps = {}) =>
  ask('publishModel', { body: { document: { ...smallDocument(), version, ...more }, reason }, ...props });
const activate = (version: string, more: object = {}, props: RequestProps = {}) =>
  ask('activateModel', { path: { version }, body: { reason, ...more }, ...props });
const rollBack = (more: object = {}, props: RequestProps = {}) =>
  ask('rollBackModel', { body: { reason, ...more }, ...props });
const listActs = async (): Promise<string[]> =>
  (await registry.history(50)).map(({ act, modelVersion }) => `${act} ${modelVersion}`).toReversed();
const withKey = (key: string): RequestProps => ({ headers: { 'idempotency-key': key } });

describe('the API of models', () => {
  it('publishes, activates and takes back models in the name of the caller', async () => {
    expect((await publish('1')).body).toMatchObject({ modelVersion: 'small@1', published: true });
    await publish('2');
    await activate('small@1');
    const { body } = await activate('small@2', { actions: 'none', expect: 'small@1' }, { subject: 'jane' });
    expect(body).toEqual({
      revision: 4,
      act: 'activated',
      modelVersion: 'small@2',
      previousModelVersion: 'small@1',
      actions: 'none',
      by: 'jane',
      reason,
      at: new Date(at).toISOString(),
    });
    expect((await rollBack()).body).toMatchObject({ act: 'rolled-back', modelVersion: 'small@1' });
    const { body: shown } = await ask('listModelHistory', { role: 'viewer', query: { limit: '2' } });
    expect(shown.entries.map(({ revision }: { revision: number }) => revision)).toEqual([5, 4]);
    const { body: older } = await ask('listModelHistory', { query: { limit: '2', before: '4' } });
    expect(older.entries.map(({ revision }: { revision: number }) => revision)).toEqual([3, 2]);
  });

  it('says which model a rollback would bring back, however long ago it was active', async () => {
    for (const version of ['1', '2', '3']) await publish(version);
    const rollsBackTo = async (): Promise<string | undefined> =>
      (await ask('listModelHistory', { role: 'viewer', query: { limit: '1' } })).body.rollsBackTo;
    await activate('small@1');
    expect(await rollsBackTo()).toBeUndefined();
    await activate('small@2');
    await activate('small@3');
    expect(await rollsBackTo()).toBe('small@2');
    await publish('4');
    await rollBack();
    expect(await rollsBackTo()).toBe('small@1');
    expect((await rollBack()).body.modelVersion).toBe('small@1');
    expect(await rollsBackTo()).toBeUndefined();
  });

  it('takes the same document again, and changes nothing', async () => {
    await publish('1');
    expect(await publish('1')).toMatchObject({ status: 200, body: { published: false } });
    expect(await listActs()).toEqual(['published small@1']);
  });

  it('refuses another document under a published version', async () => {
    await publish('1');
    const { status, body } = await publish('1', { title: 'Other' });
    expect([status, body.type, body.detail]).toEqual([
      409,
      'urn:sluice:problem:conflict',
      expect.stringContaining('a new version'),
    ]);
    expect(await listActs()).toEqual(['published small@1']);
  });

  it('names every error of a document by the field of the request, and stores nothing', async () => {
    const { status, body } = await publish('1', { tiers: { excellent: 10, good: 60, risky: 25 }, other: 1 });
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['body.document.other', 'body.document.tiers.excellent']),
    );
    expect(await registry.list(10)).toEqual([]);
  });

  it('answers with warnings of a document that works', async () => {
    const { dimensions } = smallDocument();
    const criterion = { id: 'spare', text: 'is spare', when: { attribute: 'spare', is: 'yes' }, points: 1 };
    const spare = { title: 'Spare', criteria: [criterion] };
    const { body } = await publish('1', { dimensions: { ...dimensions, spare } });
    expect(body).toMatchObject({ published: true });
    expect(body.warnings).toContainEqual(
      expect.objectContaining({ path: expect.stringMatching(/^body\.document\.dimensions\.spare/) }),
    );
  });

  it('takes a document that is nested as deeply as a model may be', async () => {
    const deep = Array.from({ length: 12 }).reduce<object>((when) => ({ not: when }), { bantMet: true });
    const { status, body } = await publish('1', {
      disqualifiers: [{ id: 'deep', class: 'persona', text: 'is deep', when: deep }],
    });
    expect(status).toBe(400);
    // It is the checker that refuses it, for a section that it lacks.
    expect(JSON.stringify(body.errors)).not.toContain('nesting');
  });

  it('refuses what is not published, and what is active already', async () => {
    expect((await activate('small@1')).status).toBe(404);
    expect((await ask('getModel', { path: { version: 'small@1' } })).status).toBe(404);
    await publish('1');
    await activate('small@1');
    expect((await activate('small@1')).status).toBe(409);
    expect((await rollBack()).status).toBe(409);
    expect((await ask('endShadow', { query: { reason } })).status).toBe(409);
    expect(await listActs()).toEqual(['published small@1', 'activated small@1']);
  });

  it('refuses a change if another model is active than the caller has seen', async () => {
    await publish('1');
    await publish('2');
    await activate('small@1');
    expect((await activate('small@2', { expect: 'small@9' })).status).toBe(409);
    await activate('small@2');
    expect((await rollBack({ expect: 'small@1' })).status).toBe(409);
    expect((await registry.readPointer())?.active).toBe('small@2');
  });

  it('takes back one model for a rollback that is sent again with its key, and two without', async () => {
    for (const version of ['1', '2', '3']) await publish(version);
    for (const version of ['small@1', 'small@2', 'small@3']) await activate(version);
    const first = await rollBack({}, withKey('k-1'));
    at += 60_000;
    expect(await rollBack({}, withKey('k-1'))).toEqual(first);
    expect((await registry.readPointer())?.active).toBe('small@2');
    await rollBack({}, withKey('k-2'));
    expect((await registry.readPointer())?.active).toBe('small@1');
  });

  it('refuses a key with another request, until a day is over', async () => {
    for (const version of ['1', '2']) await publish(version);
    await activate('small@1', {}, withKey('k-1'));
    expect((await activate('small@2', {}, withKey('k-1'))).status).toBe(422);
    // Another caller may use the same key.
    expect((await activate('small@2', {}, { ...withKey('k-1'), subject: 'other' })).status).toBe(200);
    at += apiLimits.requestMs + 1;
    expect((await activate('small@1', {}, withKey('k-1'))).status).toBe(200);
  });

  it('shows a document with its use, and in words what another changes', async () => {
    await publish('1');
    await publish('2', { tiers: { ...smallDocument().tiers, good: 61 } });
    await activate('small@1');
    await ask('shadowModel', { path: { version: 'small@2' }, body: { reason } });
    expect((await ask('getModel', { path: { version: 'small@1' } })).body.use).toBe('active');
    expect((await ask('getModel', { path: { version: 'small@2' } })).body).toMatchObject({
      use: 'shadow',
      document: { tiers: { good: 61 } },
    });
    const { body } = await ask('diffModels', { path: { version: 'small@1', other: 'small@2' } });
    expect(body.differences).toContainEqual({
      about: 'Tiers',
      sentences: ['The tier good begins at 61 instead of 60'],
    });
    expect((await ask('endShadow', { query: { reason } })).body.act).toBe('unshadowed');
  });

  it('shows, pauses and resumes the rescoring, also if it is so already', async () => {
    expect((await ask('getRescoring')).body).toEqual({ rescoring: null });
    expect((await ask('pauseRescoring')).status).toBe(409);
    await publish('1');
    await activate('small@1', { actions: 'none' });
    expect((await ask('getRescoring', { role: 'viewer' })).body.rescoring).toMatchObject({
      modelVersion: 'small@1',
      actions: 'none',
      status: 'running',
      segmentsDone: 0,
    });
    for (const status of ['paused', 'paused'])
      expect((await ask('pauseRescoring')).body).toMatchObject({ revision: 2, status });
    for (const status of ['running', 'running'])
      expect((await ask('resumeRescoring')).body).toMatchObject({ revision: 2, status });
  });
});
