import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Item, S } from '../../../shared/dynamodb/index.ts';
import { decideAll } from '../../../shared/lead/index.ts';
import { prepareCommit } from '../../../shared/ledger/index.ts';
import { readLeads } from '../../../shared/report/read-leads.ts';
import { called, graded } from './lead-history.ts';
import { gradeModel } from './model.ts';

const buildCommitItems = (leadId: string): Item[] => {
  const events = called(leadId, [graded(0, 'good'), graded(1, 'risky')]);
  const { entries, state } = prepareCommit(decideAll(gradeModel(), undefined, events as never, 0)).items;
  return [...entries, state];
};

const dynamoDb = mockClient(DynamoDBClient);
const client = new DynamoDBClient({ region: 'eu-central-1' });

/** Answers scans with these pages, one after the other. */
const serve = (...pages: Item[][]) => {
  dynamoDb.on(ScanCommand).callsFake(({ ExclusiveStartKey }) => {
    const page = ExclusiveStartKey === undefined ? 0 : Number(ExclusiveStartKey.page.S);
    return {
      Items: pages[page],
      ...(page + 1 < pages.length && { LastEvaluatedKey: { page: S(String(page + 1)) } }),
    };
  });
};
const read = async () =>
  (await Array.fromAsync(readLeads(client, 'leads'))).map(({ kind, leadId }) => `${leadId} ${kind}`);

beforeEach(() => dynamoDb.reset());

describe('reading leads', () => {
  it('yields the entries of each lead and then its state, also if a page ends within a lead', async () => {
    const [first, ...others] = buildCommitItems('a');
    serve([...buildCommitItems('b'), first as Item], [], [...others, ...buildCommitItems('c')]);
    expect(await read()).toEqual(
      ['b', 'a', 'c'].flatMap((id) => [`${id} entry`, `${id} entry`, `${id} state`]),
    );
  });

  it('leaves out the leads of the canary', async () => {
    serve([...buildCommitItems('a'), ...buildCommitItems('sluice.canary.2026-03-01')]);
    expect(new Set((await read()).map((line) => line.split(' ')[0]))).toEqual(new Set(['a']));
  });

  it('yields hand-offs before the state, without verdicts that name none', async () => {
    const [state] = buildCommitItems('a').slice(-1);
    const handoff = (id: string): Item => ({
      pk: S('LEAD#a'),
      sk: S(`HANDOFF#${id}`),
      handoffStatus: S('open'),
    });
    serve([handoff('h-1'), handoff('unnamed 2026-03-01T09:00:00.000Z#e-1'), state as Item]);
    expect(await read()).toEqual(['a handoff', 'a state']);
  });

  it('reads consistently, and nothing but entries, hand-offs and states', async () => {
    serve([]);
    expect(await read()).toEqual([]);
    expect(dynamoDb.commandCalls(ScanCommand)[0]?.args[0].input).toEqual({
      TableName: 'leads',
      ConsistentRead: true,
      FilterExpression: 'begins_with(sk, :entry) OR begins_with(sk, :handoff) OR sk = :state',
      ExpressionAttributeValues: { ':entry': S('EVENT#'), ':handoff': S('HANDOFF#'), ':state': S('STATE') },
    });
  });

  it('asks for the next page only when the last one has been taken', async () => {
    serve(buildCommitItems('a'), buildCommitItems('b'));
    const items = readLeads(client, 'leads');
    for (let i = 0; i < 3; i++) await items.next();
    expect(dynamoDb.commandCalls(ScanCommand)).toHaveLength(1);
    await items.next();
    expect(dynamoDb.commandCalls(ScanCommand)).toHaveLength(2);
  });

  it("stops at an item that it can't read", async () => {
    const [first] = buildCommitItems('a');
    const { version: _version, ...broken } = first as Item;
    serve([broken]);
    await expect(read()).rejects.toMatchObject({ code: 'UNREADABLE_ITEM' });
  });
});
