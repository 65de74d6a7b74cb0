import { readFileSync } from 'node:fs';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addModel } from '../../../cli/commands/model.ts';
import { type Connection, connect } from '../../../cli/stack/connect.ts';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { S } from '../../../shared/dynamodb/index.ts';
import { modelKey } from '../../../shared/keys/index.ts';
import { parseModel } from '../../../shared/scoring/index.ts';
import { buildEntry } from '../../support/events.ts';
import { successReady } from '../../support/models.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

const shipped = readFileSync('models/success-ready.json', 'utf8');
const { folder, inFolder } = temporaryFiles();

/** Writes the shipped model as another version, with other bounds of tiers. Returns the path of the file. */
const writeModel = (version: string, bounds: object = {}, name = version): string => {
  const document = JSON.parse(shipped);
  const tiers = { ...document.tiers, ...bounds };
  return inFolder(`model-${name}.json`, JSON.stringify({ ...document, version, tiers }));
};

let running: RunningStack;
let connection: Connection;
const model = (...args: string[]) =>
  runCommand(addModel, 'model', ...args, '--endpoint', running.stack.endpoint);
const said = ['--by', 'jane', '--reason', 'a test'];
const history = async (): Promise<Record<string, unknown>[]> =>
  (await model('history', '--json')).stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
/** Returns the acts of the history with their models, the first one first. */
const acts = async () => (await history()).map((entry) => `${entry.act} ${entry.modelVersion}`).toReversed();

/** Expects that a command fails with a text, and that nothing was done. */
const expectRefusal = async (text: RegExp, ...args: string[]): Promise<void> => {
  const before = await history();
  const { code, stdout, stderr } = await model(...args);
  expect(stderr).toMatch(text);
  expect([code === 0, stdout]).toEqual([false, '']);
  expect(await history()).toEqual(before);
};

beforeAll(async () => {
  running = await runStack({
    model: parseModel(shipped, 'the shipped model'),
    dataFolder: folder,
    onSynthesis: () => {},
    onEvent: () => {},
  });
  connection = await connect({ endpoint: running.stack.endpoint });
  const {
    source,
    'detail-type': DetailType,
    detail,
  } = buildEntry({
    type: 'LeadProfileUpdated',
    data: { leadId: 'l-1', attributes: { seniority: 'executive' } },
  });
  const entry = {
    EventBusName: running.stack.bus,
    Source: source,
    DetailType,
    Detail: JSON.stringify(detail),
  };
  running.stack.putEvents([entry]);
  await running.stack.idle();
}, 120_000);
afterAll(async () => {
  connection?.disconnect();
  await running?.close();
});

describe('sluice model', () => {
  it('publishes, activates and takes back a model, and the history says who and why', async () => {
    const published = await model('publish', writeModel('6', { good: 55 }), ...said);
    expect(published.stdout).toMatch(/^Published success-ready@6\. No lead is judged by it yet\.$/m);
    expect(published.stdout).toContain('`sluice model compare success-ready@5 success-ready@6`');
    const activated = await model('activate', 'success-ready@6', '--actions', 'none', ...said);
    expect(activated.stdout).toMatch(/^success-ready@6 is active now, in place of success-ready@5\.$/m);
    expect(activated.stdout).toContain('sluice rescore status --watch');
    expect(activated.stdout).toContain('only with the next event of a lead');
    expect((await model('list')).stdout).toMatch(/^success-ready@6 +active +.* Success-ready leads$/m);
    const rolledBack = await model('rollback', ...said);
    expect(rolledBack.stdout).toMatch(/^success-ready@5 is active now, in place of success-ready@6\.$/m);
    expect(await acts()).toEqual([
      'activated success-ready@5',
      'published success-ready@6',
      'activated success-ready@6',
      'rolled-back success-ready@5',
    ]);
    expect((await history())[1]).toMatchObject({
      by: 'jane',
      reason: 'a test',
      actions: 'none',
      revision: 3,
    });
    expect((await model('history')).stdout).toMatch(
      /^ *3 .* activated, no actions +success-ready@6 +success-ready@5 +jane +a test$/m,
    );
  });

  it('publishes the same document again without a change', async () => {
    const before = await history();
    const { stdout } = await model('publish', writeModel('6', { good: 55 }), ...said);
    expect(stdout).toBe('success-ready@6 is published already, with this document. Nothing has changed.\n');
    expect(await history()).toEqual(before);
  });

  it('shows the document of a published model, which can be changed and published as the next version', async () => {
    const { stdout } = await model('show', 'success-ready@6');
    const document = JSON.parse(stdout);
    expect(document.tiers.good).toBe(55);
    const file = inFolder('shown.json', JSON.stringify({ ...document, version: '7' }));
    expect((await model('publish', file, '--json', ...said)).stdout).toBe(
      '{"modelVersion":"success-ready@7","published":true}\n',
    );
  });

  it('says in words what differs between a published model and a file', async () => {
    const { stdout } = await model('diff', 'success-ready@5', writeModel('7', { good: 55, hysteresis: 0 }));
    expect(stdout).toBe(
      [
        'Document',
        '  The version: "7" instead of "5".',
        '',
        'Tiers',
        '  The tier good begins at 55 instead of 50.',
        '  A tier is lost 0 points below its bound instead of 3.',
        '',
      ].join('\n'),
    );
    expect((await model('diff', 'success-ready@5', 'models/success-ready.json')).stdout).toBe(
      'No difference between success-ready@5 and models/success-ready.json.\n',
    );
  });

  it('scores by a shadow model, and ends that', async () => {
    expect((await model('shadow', 'success-ready@6', ...said)).stdout).toContain(
      'Nothing is announced of it',
    );
    expect((await model('list', '--json')).stdout).toContain('"use":"shadow"');
    expect((await model('shadow', 'off', ...said)).stdout).toBe(
      'success-ready@6 is no shadow model any more.\n',
    );
    await expectRefusal(/no shadow model to end/, 'shadow', 'off', ...said);
  });
});

describe('sluice model refuses, and does nothing of it,', () => {
  it('a version that is published with another document', () =>
    expectRefusal(/raise `version`/, 'publish', writeModel('6', { good: 56 }, 'other'), ...said));

  it('a document with errors', () =>
    expectRefusal(/tiers\.good/, 'publish', writeModel('8', { good: 90 }), ...said));

  it('a document that does not fit into the table', () => {
    const document = JSON.parse(shipped);
    document.version = '9';
    const text = '的'.repeat(290);
    for (let i = 0; i < 180; i++) document.activities[`a${i}`] = text;
    for (let i = 0; i < 180; i++) document.attributes[`b${i}`] = { title: text, kind: 'text' };
    for (let i = 0; i < 150; i++) document.questions[`c${i}`] = { text, kind: 'text' };
    const file = inFolder('large.json', JSON.stringify(document));
    return expectRefusal(
      /takes \d{6} bytes as JSON; allowed: at most 390000 bytes/,
      'publish',
      file,
      ...said,
    );
  });

  it('a file that is not there, and a text that is no model', async () => {
    await expectRefusal(/no-such\.json can't be read/, 'publish', 'no-such.json', ...said);
    await expectRefusal(/allowed: JSON/, 'publish', inFolder('no.json', 'nonsense'), ...said);
  });

  it('to activate or shadow what is not published', async () => {
    await expectRefusal(/isn't published/, 'activate', 'success-ready@77', ...said);
    await expectRefusal(/isn't published/, 'shadow', 'success-ready@77', ...said);
    await expectRefusal(/not published/, 'show', 'success-ready@77');
  });

  it('to activate what does not check any more', async () => {
    const { pk, sk } = modelKey('success-ready@7');
    const { document } = successReady();
    const broken = JSON.stringify({ ...document, version: '7', tiers: { ...document.tiers, good: 90 } });
    await connection.dynamodb.send(
      new UpdateItemCommand({
        TableName: connection.leadsTable,
        Key: { pk: S(pk), sk: S(sk) },
        UpdateExpression: 'SET #document = :document',
        ExpressionAttributeNames: { '#document': 'document' },
        ExpressionAttributeValues: { ':document': S(broken) },
      }),
    );
    await expectRefusal(/no valid scoring model[\s\S]*tiers\./, 'activate', 'success-ready@7', ...said);
  });

  it('to activate what is active', () =>
    expectRefusal(/is active already/, 'activate', 'success-ready@5', ...said));

  it('to activate if another model is active than expected', () =>
    expectRefusal(
      /success-ready@5 is active, and not success-ready@6/,
      ...['activate', 'success-ready@10', '--expect', 'success-ready@6', ...said],
    ));

  it('a rollback past the first model', () =>
    expectRefusal(/no model was active before/, 'rollback', ...said));

  it('one of two activations at once, and tells its caller', async () => {
    await model('publish', writeModel('10', { good: 54 }), ...said);
    const results = await Promise.all([
      model('activate', 'success-ready@6', '--expect', 'success-ready@5', ...said),
      model('activate', 'success-ready@10', '--expect', 'success-ready@5', ...said),
    ]);
    expect(results.map(({ code }) => code).toSorted()).toEqual([0, 1]);
    expect((await acts()).filter((act) => act.startsWith('activated'))).toHaveLength(3);
  });

  it('a change without a reason, or with one that is too long', async () => {
    await expectRefusal(/--reason/, 'activate', 'success-ready@5', '--by', 'jane');
    await expectRefusal(/1 to 500 characters/, 'rollback', '--reason', 'x'.repeat(501));
  });
});
