import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { rebuildLead } from '../../../cli/rebuild/rebuild-lead.ts';
import { type Command, createMemoryDynamoDb } from '../../../infra/local/engine/memory/memory-dynamodb.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { decideAll } from '../../../shared/lead/index.ts';
import {
  createAuditor,
  createDynamoDbLedger,
  prepareCommit,
  readLead,
} from '../../../shared/ledger/index.ts';
import { buildSignal } from '../../support/events.ts';
import { createClient } from '../../support/memory-dynamodb.ts';
import { storeModel } from '../../support/store-model.ts';
import { small } from '../ledger/audit/ledgers.ts';

const table = 'leads';

/** A lead of one commit; something happens right before a state is written for the nth time. */
const world = async () => {
  const memory = createMemoryDynamoDb({ tables: { [table]: [] } });
  const quiet = createClient(async (command) => memory.execute(command));
  const ledger = createDynamoDbLedger({ client: quiet, table });
  await storeModel({ client: quiet, table }, small);
  let day = 0;
  const commit = async (): Promise<void> => {
    const at = `2026-03-${String(++day).padStart(2, '0')}T09:00:00.000Z`;
    const event = buildSignal({
      type: 'LeadActivityRecorded',
      data: { activity: 'demo_requested' },
      at,
      id: `e-${day}`,
    });
    const before = (await ledger.load(['l-1'])).get('l-1');
    await ledger.append(
      prepareCommit(decideAll(small, before as Parameters<typeof decideAll>[1], [event], 0)),
    );
  };
  const change = async (how: (state: Item) => Item): Promise<void> => {
    const { state = {} } = await readLead(quiet, table, 'l-1');
    memory.execute(new PutItemCommand({ TableName: table, Item: how(state) }));
  };
  const rebuild = async (props: {
    dryRun?: boolean;
    trustModels?: boolean;
    happens?: (write: number) => Promise<void>;
  }) => {
    let writes = 0;
    const client = createClient(async (command: Command) => {
      if (command instanceof PutItemCommand) await props.happens?.(writes++);
      return memory.execute(command);
    });
    const { dryRun = false, trustModels = false } = props;
    const auditor = createAuditor({ client, table });
    return rebuildLead(
      { client, table, now: Date.now, auditor, dryRun, trustModels },
      await readLead(client, table, 'l-1'),
    );
  };
  await commit();
  return { commit, change, rebuild };
};

const withScore = (state: Item): Item => ({ ...state, score: { N: '99' } });

describe('rebuilding a lead', () => {
  it('writes the state if it differs, and only then', async () => {
    const { change, rebuild } = await world();
    expect((await rebuild({})).outcome).toBe('healthy');
    await change(withScore);
    expect((await rebuild({ dryRun: true })).outcome).toBe('differs');
    expect((await rebuild({})).outcome).toBe('repaired');
    expect((await rebuild({})).outcome).toBe('healthy');
  });

  it('lets a concurrent event take precedence, and audits again', async () => {
    const { change, commit, rebuild } = await world();
    await change(withScore);
    const { outcome, entries } = await rebuild({
      happens: (write) => (write === 0 ? commit() : Promise.resolve()),
    });
    // The event was decided on the facts, so it has corrected the score by itself.
    expect({ outcome, entries }).toEqual({ outcome: 'healthy', entries: 2 });
  });

  it('leaves a lead that is written all the time for another run', async () => {
    const { change, commit, rebuild } = await world();
    await change(withScore);
    const happens = async () => {
      await commit();
      await change(withScore);
    };
    expect((await rebuild({ happens })).outcome).toBe('refused');
  });

  it('refuses decisions on a broken state, unless the models are trusted', async () => {
    const { change, commit, rebuild } = await world();
    await change((state) => ({
      ...state,
      tier: { S: 'excellent' },
      facts: {
        S: '{"activities":{},"answers":{},"attributes":{"seniority":["executive",0]},"outcomes":{},"seen":0}',
      },
    }));
    await commit();
    const refused = await rebuild({});
    expect(refused.outcome).toBe('refused');
    expect(refused.findings.map(({ code }) => code)).toContain('decision-differs');
    expect((await rebuild({ trustModels: true })).outcome).toBe('repaired');
    expect((await rebuild({ trustModels: true })).outcome).toBe('healthy');
  });
});
