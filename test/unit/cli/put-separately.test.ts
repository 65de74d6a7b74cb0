import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { putSeparately } from '../../../cli/entries/put-separately.ts';

const eventBridge = mockClient(EventBridgeClient);
const connection = { bus: new EventBridgeClient({ region: 'eu-central-1' }), busName: 'leads' };

const buildEntry = (DetailType: string, Source = 'crm'): PutEventsRequestEntry => ({
  Source,
  DetailType,
  Detail: '{}',
});
const [stage, merge, fromWeb] = [
  buildEntry('LeadStageChanged'),
  buildEntry('LeadsMerged'),
  buildEntry('LeadStageChanged', 'web'),
];

/** Returns a bus whose policy denies a type: like IAM, it denies the whole request that has such an entry. */
const denying = (denied: string, error: Error) =>
  eventBridge.on(PutEventsCommand).callsFake(({ Entries = [] }: { Entries?: PutEventsRequestEntry[] }) => {
    if (Entries.some(({ DetailType }) => DetailType === denied)) throw error;
    return { Entries: Entries.map(() => ({ EventId: 'x' })) };
  });
const denial = Object.assign(new Error('not authorized to perform: events:PutEvents'), {
  name: 'AccessDeniedException',
});

const put = (...entries: PutEventsRequestEntry[]) => putSeparately(connection, entries, async () => {});
const requests = () =>
  eventBridge
    .commandCalls(PutEventsCommand)
    .map(({ args: [{ input }] }) =>
      (input.Entries ?? []).map(({ Source, DetailType, EventBusName }) => [EventBusName, Source, DetailType]),
    );

beforeEach(() => eventBridge.reset());

describe('putting events of different permissions', () => {
  it('puts those of a source and type together, on the bus of the stack', async () => {
    denying('none', denial);
    expect(await put(stage, merge, stage, fromWeb)).toEqual(new Map());
    const [staged, merged, web] = [stage, merge, fromWeb].map(({ Source, DetailType }) => [
      'leads',
      Source,
      DetailType,
    ]);
    expect(requests()).toEqual([[staged, staged], [merged], [web]]);
  });

  it('reports which ones are denied, by their index, and puts the others before and after', async () => {
    denying('LeadsMerged', denial);
    const why = 'AccessDeniedException: not authorized to perform: events:PutEvents';
    expect(await put(stage, merge, fromWeb, merge)).toEqual(
      new Map([
        [1, why],
        [3, why],
      ]),
    );
    expect(requests()).toHaveLength(3);
  });

  it('reports which ones the bus did not accept after all retries', async () => {
    eventBridge.on(PutEventsCommand).resolves({ Entries: [{ ErrorCode: 'ThrottlingException' }] });
    expect(await put(stage)).toEqual(new Map([[0, 'the bus did not accept it']]));
  });

  it('ends if a request fails for another reason, since the next would too', async () => {
    denying('LeadStageChanged', new Error('no network'));
    await expect(put(stage, merge)).rejects.toThrow('no network');
    expect(requests()).toHaveLength(1);
  });
});
