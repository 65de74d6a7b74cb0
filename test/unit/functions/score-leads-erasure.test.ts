import { describe, expect, it } from 'vitest';
import { leadKey } from '../../../shared/keys/index.ts';
import type { Ledger } from '../../../shared/ledger/index.ts';
import { computeQuarantineId } from '../../../shared/quarantine/index.ts';
import {
  buildBatch,
  buildMessage,
  createScoringWorld,
  deliver,
  failedIds,
  loadLead,
  rejectionCodes,
  type ScoringWorld,
} from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const model = compileDocument(smallDocument());
const createWorld = () => createScoringWorld({ model });

const did = (leadId: string, id: string, activity = 'page_visited') =>
  buildEntry({ type: 'LeadActivityRecorded', data: { leadId, activity }, id });
/** A word that must not be found anywhere once the lead is erased. */
const secret = 'jane-doe-of-ulm';
const profile = (leadId: string, id = 'profile') =>
  buildEntry({
    type: 'LeadProfileUpdated',
    data: { leadId, attributes: { seniority: 'executive', name: secret } },
    id,
  });
const merging = (leadId: string, mergedLeadId: string, id = `${mergedLeadId}-into-${leadId}`) =>
  buildEntry({ type: 'LeadsMerged', data: { leadId, mergedLeadId }, id });
const erasing = (leadId: string, id = `erase-${leadId}`) =>
  buildEntry({ type: 'LeadErasureRequested', data: { leadId }, id });

const listKinds = async (world: ScoringWorld, leadId: string) =>
  (await world.findEntries(leadId)).map(({ kind }) => kind);
const findStateItem = ({ memory }: ScoringWorld, leadId: string) => memory.item(leadKey(leadId), 'STATE');

/** Returns a function that another worker overtakes with an event, before its first append of a kind. */
const overtaken = (
  isOfKind: (...given: Parameters<Ledger['append']>) => boolean,
  event: unknown,
): ScoringWorld => {
  let isFirst = true;
  return createScoringWorld({
    model,
    ledger: (memory, stores) => {
      const rival = createScoringWorld({ model, stores });
      return {
        ...memory,
        append: async (...given) => {
          if (isFirst && isOfKind(...given)) {
            isFirst = false;
            await rival.score(buildBatch(event));
          }
          return memory.append(...given);
        },
      };
    },
  });
};

describe('an erasure', () => {
  it('I10: leaves a state without facts, which is in no index', async () => {
    const world = createWorld();
    await deliver(world, profile('a'), did('a', 'e-1', 'demo_requested'), erasing('a'));
    expect(Object.keys(findStateItem(world, 'a') ?? {}).toSorted()).toEqual([
      'head',
      'pk',
      'sk',
      'status',
      'version',
    ]);
    expect(await loadLead(world, 'a')).toMatchObject({ version: 3, status: 'erased' });
    expect(await listKinds(world, 'a')).toEqual(['decided', 'decided', 'closing']);
  });

  it('is committed alone: events before it in the batch count, and events after it are redacted', async () => {
    const world = createWorld();
    const answer = await world.score(
      buildBatch(did('a', 'e-1'), erasing('a'), did('a', 'e-2'), did('a', 'e-3')),
    );
    expect(failedIds(answer)).toEqual([]);
    expect((await world.findEntries('a')).map(({ kind, version }) => [kind, version])).toEqual([
      ['decided', 1],
      ['closing', 2],
      ['erased', 3],
      ['erased', 3],
    ]);
  });

  it('that is delivered again is a duplicate; one more request is announced once more', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), erasing('a'), erasing('a'), erasing('a', 'once-more'));
    expect(await listKinds(world, 'a')).toEqual(['decided', 'closing', 'closing']);
    expect(await loadLead(world, 'a')).toMatchObject({ version: 3, status: 'erased' });
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('that arrives before any event of the lead closes it from the beginning', async () => {
    const world = createWorld();
    await deliver(world, erasing('a'), profile('a'));
    expect(await loadLead(world, 'a')).toMatchObject({ version: 2, status: 'erased' });
    expect(await listKinds(world, 'a')).toEqual(['closing', 'erased']);
    expect(JSON.stringify(world.memory.items())).not.toContain(secret);
  });

  it('changes no other lead', async () => {
    const world = createWorld();
    await deliver(world, profile('b'));
    const before = await loadLead(world, 'b');
    await deliver(world, profile('a'), erasing('a'));
    expect(await loadLead(world, 'b')).toEqual(before);
  });

  it('is decided again if another writer is first', async () => {
    const world = overtaken(
      (prepared) => prepared.commit.entries[0]?.kind === 'closing',
      profile('a', 'in-between'),
    );
    await deliver(world, did('a', 'e-1'), erasing('a'));
    expect(world.waits).toHaveLength(1);
    expect(await loadLead(world, 'a')).toMatchObject({ version: 3, status: 'erased' });
    expect(await listKinds(world, 'a')).toEqual(['decided', 'decided', 'closing']);
  });
});

describe('a late event for an erased lead', () => {
  it('I10: is recorded without its content, and does not bring the lead back', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), erasing('a'));
    const { length } = world.written;
    await deliver(world, profile('a'), did('a', 'e-2', 'demo_requested'));
    expect(await loadLead(world, 'a')).toMatchObject({ version: 4, status: 'erased' });
    expect(await listKinds(world, 'a')).toEqual(['decided', 'closing', 'erased', 'erased']);
    const late = world.written.slice(length);
    expect(JSON.stringify(late)).not.toMatch(new RegExp(`${secret}|executive|demo_requested`));
    for (const item of late.filter(({ sk }) => sk?.S !== 'STATE')) {
      expect(Object.keys(item).toSorted()).toEqual(
        ['commitment', 'ordinal', 'pk', 'prev', 'sk', 'source', 'type', 'version'].toSorted(),
      );
    }
  });

  it('is a duplicate when it is redelivered, whether it was recorded before the erasure or after', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), erasing('a'), did('a', 'late'));
    const { length } = world.written;
    await deliver(world, did('a', 'e-1'), did('a', 'late'), { ...did('a', 'late'), 'replay-name': 'again' });
    expect(world.written).toHaveLength(length);
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('is a duplicate, too, with other content, since the erased content is unknown', async () => {
    const world = createWorld();
    await deliver(world, erasing('a'), did('a', 'late'), did('a', 'late', 'demo_requested'));
    expect(await listKinds(world, 'a')).toEqual(['closing', 'erased']);
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('is recorded in commits of 99 if there are more than a transaction takes', async () => {
    const world = createWorld();
    await deliver(world, erasing('a'));
    const late = Array.from({ length: 120 }, (_, i) => did('a', `late-${i}`));
    expect(failedIds(await world.score(buildBatch(...late)))).toEqual([]);
    expect(await loadLead(world, 'a')).toMatchObject({ version: 3, status: 'erased' });
    expect(await listKinds(world, 'a')).toHaveLength(121);
  });

  it('is quarantined if it is malformed, and then redacted', async () => {
    const world = createWorld();
    await deliver(world, profile('a'), erasing('a'));
    const broken = { ...did('a', 'e-2', 'page visited') };
    const ofOthers = did('b', 'e-3', 'page visited');
    await deliver(world, broken, ofOthers, 'no json');
    expect(rejectionCodes(world)).toEqual(['malformed', 'malformed', 'not-json']);
    expect(world.redacted).toEqual([computeQuarantineId(JSON.stringify(broken))]);
  });

  it('is retried if it is malformed and could not be redacted', async () => {
    const world = createScoringWorld({
      model,
      quarantine: {
        store: async () => {},
        redact: () => Promise.reject(new Error('throttled')),
      },
    });
    await deliver(world, erasing('a'));
    const answer = await world.score(buildBatch(did('a', 'e-1', 'page visited'), did('b', 'e-2')));
    expect(failedIds(answer)).toEqual(['m-0']);
  });
});

describe('erasing leads that were merged', () => {
  it('reaches the survivor by any of its names', async () => {
    const world = createWorld();
    await deliver(world, profile('a'), did('b', 'e-1'), merging('a', 'b'), erasing('b'));
    expect(await loadLead(world, 'a')).toMatchObject({ version: 3, status: 'erased' });
    expect(await loadLead(world, 'b')).toMatchObject({ status: 'merged', mergedInto: 'a' });
    expect((await world.findEntries('a')).at(-1)).toMatchObject({
      kind: 'closing',
      sk: expect.stringMatching(/#erase-b b$/),
      change: { type: 'LeadErased' },
    });
  });

  it('redacts late events of either', async () => {
    const world = createWorld();
    await deliver(world, profile('a'), did('b', 'e-1'), merging('a', 'b'), erasing('a'));
    await deliver(world, profile('b', 'late'), profile('a', 'late'), did('b', 'e-1'));
    expect((await listKinds(world, 'a')).slice(-2)).toEqual(['erased', 'erased']);
    expect(await loadLead(world, 'a')).toMatchObject({ version: 5, status: 'erased' });
    expect(rejectionCodes(world)).toEqual([]);
  });

  it('redacts malformed events of the merged one, too', async () => {
    const world = createWorld();
    await deliver(world, did('a', 'e-1'), merging('a', 'b'), erasing('a'), did('b', 'e-2', 'page visited'));
    expect(world.redacted).toHaveLength(1);
  });
});

describe('a duplicate for an erased lead', () => {
  const again = (world: ScoringWorld, entry: unknown) =>
    world.score({ Records: [buildMessage(entry, 'm-9', 2)] });

  it('is redacted in the quarantine, where an earlier try may have left it', async () => {
    const world = createWorld();
    const entry = profile('a');
    await deliver(world, entry, erasing('a'));
    expect(failedIds(await again(world, entry))).toEqual([]);
    expect(world.redacted).toEqual([computeQuarantineId(JSON.stringify(entry))]);
  });

  it('is also redacted if its lead was merged into the erased one', async () => {
    const world = createWorld();
    const entry = profile('b');
    await deliver(world, did('a', 'e-1'), entry, merging('a', 'b'), erasing('a'));
    await again(world, entry);
    expect(world.redacted).toEqual([computeQuarantineId(JSON.stringify(entry))]);
  });

  it('is not looked up at its first delivery, or if its lead is not closed', async () => {
    const world = createWorld();
    await deliver(world, profile('a'), erasing('a'), profile('a'), profile('b'));
    await again(world, profile('b'));
    expect(world.redacted).toEqual([]);
  });
});

describe('a merge of leads that are not one, of which one was erased', () => {
  const start = [profile('victim'), did('gone', 'e-1'), erasing('gone')];
  const chained = [merging('gone', 'was-gone', 'before'), ...start];
  const hidden = [...start, merging('victim', 'hides')];
  it.each<[string, readonly unknown[], ReturnType<typeof merging>, string]>([
    ['into the erased one', start, merging('gone', 'victim'), 'leadId'],
    ['of the erased one', start, merging('victim', 'gone'), 'mergedLeadId'],
    ['of a lead that is unknown into the erased one', start, merging('gone', 'later'), 'leadId'],
    ['of the erased one into a lead that is unknown', start, merging('later', 'gone'), 'mergedLeadId'],
    ['into a lead that is one with the erased one', chained, merging('was-gone', 'victim'), 'leadId'],
    ['of a lead that is one with the erased one', chained, merging('victim', 'was-gone'), 'mergedLeadId'],
    ['of a lead that is one with another', hidden, merging('gone', 'hides'), 'leadId'],
  ])('is quarantined and erases nobody: %s', async (_what, before, merge, field) => {
    const world = createWorld();
    await deliver(world, ...before);
    const { length } = world.written;
    await deliver(world, merge);
    expect(world.written).toHaveLength(length);
    expect(await loadLead(world, 'victim')).toMatchObject({ status: 'active' });
    expect(world.quarantined).toMatchObject([
      {
        body: JSON.stringify(merge),
        rejection: {
          code: 'merge-with-erased',
          problems: [
            {
              path: `detail.data.${field}`,
              allowed: expect.stringContaining('only a LeadErasureRequested may do'),
            },
          ],
        },
      },
    ]);
    await deliver(world, did('later', 'e-2'));
    expect(await listKinds(world, 'later')).toEqual(['decided']);
  });

  it('names both if both were erased', async () => {
    const world = createWorld();
    await deliver(world, erasing('a'), erasing('b'), merging('a', 'b'));
    expect(world.quarantined.map(({ rejection }) => rejection.problems.map(({ path }) => path))).toEqual([
      ['detail.data.leadId', 'detail.data.mergedLeadId'],
    ]);
    expect(await listKinds(world, 'a')).toEqual(['closing']);
  });

  it('delays no other event of the batch', async () => {
    const world = createWorld();
    await deliver(world, ...start);
    const answer = await world.score(
      buildBatch(did('victim', 'e-2'), merging('victim', 'gone'), did('victim', 'e-3')),
    );
    expect(failedIds(answer)).toEqual([]);
    expect(await listKinds(world, 'victim')).toEqual(['decided', 'decided', 'decided']);
  });

  it('is quarantined, too, if the lead is erased while the merge is decided', async () => {
    const world = overtaken((_prepared, other) => other !== undefined, erasing('b'));
    await deliver(world, profile('a'), profile('b'), merging('a', 'b'));
    expect(rejectionCodes(world)).toEqual(['merge-with-erased']);
    expect(await loadLead(world, 'a')).toMatchObject({ version: 1, status: 'active' });
  });
});

describe('a merge that is decided while another worker records it and erases its lead', () => {
  /** Returns a function to which these events have happened when it looks for the merged lead. */
  const disturbed = (...events: readonly unknown[]): ScoringWorld => {
    let looks = 0;
    return createScoringWorld({
      model,
      ledger: (memory, stores) => {
        const rival = createScoringWorld({ model, stores });
        return {
          ...memory,
          load: async (leadIds) => {
            if (leadIds.includes('b') && looks++ === 0) await deliver(rival, ...events);
            return memory.load(leadIds);
          },
        };
      },
    });
  };

  it('is a duplicate', async () => {
    const world = disturbed(profile('b'), merging('a', 'b'), erasing('a'));
    await deliver(world, profile('a'), merging('a', 'b'));
    expect(rejectionCodes(world)).toEqual([]);
    expect(await listKinds(world, 'a')).toEqual(['decided', 'decided', 'closing']);
  });

  it('is a cycle if the two were made one the other way round', async () => {
    const world = disturbed(profile('b'), merging('b', 'a', 'turned'), erasing('b'));
    await deliver(world, profile('a'), merging('c', 'b', 'first'), merging('a', 'b'));
    expect(await loadLead(world, 'b')).toMatchObject({ status: 'erased' });
    expect(rejectionCodes(world)).toEqual(['merge-with-erased', 'merge-cycle']);
  });
});

describe('a merge of leads that are one, and were erased together', () => {
  it('is a duplicate when it is delivered again', async () => {
    const world = createWorld();
    await deliver(world, profile('a'), did('b', 'e-1'), merging('a', 'b'), erasing('a'), merging('a', 'b'));
    expect(rejectionCodes(world)).toEqual([]);
    expect(await listKinds(world, 'a')).toEqual(['decided', 'decided', 'closing']);
  });

  it('is recorded without its content if it is another one', async () => {
    const world = createWorld();
    await deliver(world, profile('a'), merging('a', 'b'), erasing('a'), merging('a', 'b', 'once-more'));
    expect(rejectionCodes(world)).toEqual([]);
    expect(await listKinds(world, 'a')).toEqual(['decided', 'decided', 'closing', 'erased']);
  });
});
