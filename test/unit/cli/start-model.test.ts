import { beforeEach, describe, expect, it } from 'vitest';
import type { RunningStack } from '../../../cli/stack/run-stack.ts';
import { describeOtherModel, findStartModel } from '../../../cli/start/active-model.ts';
import { createModelRegistry, ensureFirst } from '../../../shared/model-store/index.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const ana = { by: 'ana', reason: 'better' };
const numbered = (version: string, title = 'Small') =>
  compileDocument({ ...smallDocument(), version, title });

let table: { client: ReturnType<typeof memoryClient>; table: string; now: () => number };
const find = (given: ReturnType<typeof numbered>) =>
  findStartModel(
    { ...table, leadsTable: table.table, stack: { now: table.now } } as unknown as RunningStack,
    given,
  );

beforeEach(() => {
  table = { client: memoryClient({ tables: { leads: [] } }), table: 'leads', now: () => 0 };
});

describe('the model of a started stack', () => {
  it('is the given one as long as none is active', async () => {
    const given = numbered('7');
    expect(await find(given)).toEqual({ active: given, isOther: false });
  });

  it('is the active one of the data folder, and it says whether the given one is another', async () => {
    await ensureFirst(table, numbered('1'));
    await createModelRegistry(table).publish(numbered('2').document, ana);
    await createModelRegistry(table).activate('small@2', 'all', ana);
    const other = numbered('7');
    const started = await find(other);
    expect([started.active.version, started.isOther]).toEqual(['small@2', true]);
    expect(await find(numbered('2'))).toMatchObject({ isOther: false });
    expect(describeOtherModel(started, other, { file: 'm.json', flag: ' --endpoint URL' })).toBe(
      "Leads are judged by small@2, which is the active model of this data folder; m.json isn't used. " +
        '`npx sluice model publish m.json --endpoint URL --by NAME --reason TEXT` and ' +
        '`npx sluice model activate small@7 --endpoint URL --by NAME --reason TEXT` make it the active one.',
    );
  });

  it('is not the given one if that has the version of the active one, but other content', async () => {
    await ensureFirst(table, numbered('1'));
    const other = numbered('1', 'Another');
    const started = await find(other);
    expect(started).toMatchObject({ active: { document: { title: 'Small' } }, isOther: true });
    expect(describeOtherModel(started, other, { file: 'm.json', flag: '' })).toContain(
      'give it a new version',
    );
  });

  it('is refused if it would be the first one, and its version is taken', async () => {
    await createModelRegistry(table).publish(numbered('1').document, ana);
    await expect(find(numbered('1', 'Another'))).rejects.toMatchObject({ code: 'MODEL_VERSION_TAKEN' });
  });
});
