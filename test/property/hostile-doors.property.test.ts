import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitEntries } from '../../cli/entries/split-entries.ts';
import { splitLines } from '../../cli/entries/split-lines.ts';
import { CliError } from '../../cli/errors.ts';
import { importCsv, type MappingInput } from '../../cli/import/index.ts';
import { parseMapping } from '../../cli/import/read-mapping.ts';
import { readFactsFile } from '../../cli/model/facts-document.ts';
import { parseExactly } from '../../cli/quarantine/parse-exactly.ts';
import { inboundContracts, parseInbound } from '../../events/index.ts';
import { Bus } from '../../infra/local/bus.ts';
import { parseEntry } from '../../shared/entries/index.ts';
import { buildFacts } from '../../shared/facts-document/index.ts';
import { judgeReplay } from '../../shared/quarantine-replay/index.ts';
import { checkText } from '../../shared/scoring/index.ts';
import { now } from '../support/events.ts';
import { hostileText, hostileVersionOf } from '../support/hostile.ts';
import { readModelFile, smallDocument } from '../support/models.ts';
import { seeded } from '../support/seed.ts';
import { temporaryFiles } from '../support/temporary-files.ts';

const { folder, inFolder } = temporaryFiles();

/** Asserts that all numbers of a value can be written as JSON: Infinity would become null. */
const expectFinite = (value: unknown): void => {
  const left = [value];
  for (let one = left.pop(); left.length > 0 || one !== undefined; one = left.pop()) {
    if (typeof one === 'number' && !Number.isFinite(one)) throw new Error('a number became null');
    if (typeof one === 'object' && one !== null) left.push(...Object.values(one));
  }
};

/** Asserts that what a door hands on as JSON is what it got, to the last number. */
const expectSame = (handedOn: string, given: unknown): void => {
  expectFinite(given);
  expect(JSON.stringify(JSON.parse(handedOn))).toBe(JSON.stringify(given));
};

/** Runs work that may refuse its input, but in no other way than that. */
const orRefused = async <T>(
  work: () => T | Promise<T>,
  refusal: abstract new (...args: never[]) => Error,
): Promise<T | undefined> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof refusal) return undefined;
    throw error;
  }
};

const hostileEvent = hostileVersionOf(
  Object.values(inboundContracts).map(({ sampleEvent: { source, 'detail-type': type, time, detail } }) => ({
    source,
    'detail-type': type,
    time,
    detail,
  })),
);

const mapping: MappingInput = {
  source: 'crm',
  leadId: 'id',
  occurredAt: { column: 'when' },
  events: [
    { type: 'LeadProfileUpdated', attributes: { title: 'title', size: { column: 'size', type: 'number' } } },
    { type: 'LeadStageChanged', stage: { fixed: 'lead' }, reason: 'reason' },
  ],
};

const factsDocument = {
  at: '2026-03-01T09:00:00.000Z',
  stage: 'lead',
  attributes: { seniority: 'executive', employees: 50 },
  answers: { need: { value: 'critical', text: 'in words' } },
  activities: { demo_requested: 2 },
  outcomes: { won: 1 },
};

const check = <T>(given: fc.Arbitrary<T>, property: (given: T) => void | Promise<void>, share = 1) => {
  const { seed, numRuns } = seeded();
  return fc.assert(
    fc.asyncProperty(given, async (one) => {
      await property(one);
    }),
    { seed, numRuns: numRuns * share },
  );
};

describe('a hostile event', () => {
  it('is parsed or rejected with a reason, and changes nothing of what is accepted', () =>
    check(hostileEvent, (text) => {
      const given = Object(JSON.parse(text)) as Record<string, unknown>;
      const parsed = parseInbound(given, now);
      if (!parsed.ok) return expect(parsed.rejection.problems.length).toBeGreaterThan(0);
      const { data } = given.detail as { data: object };
      // An instant has one spelling once it is parsed.
      const until = 'until' in parsed.event.data && { until: parsed.event.data.until };
      return expectSame(JSON.stringify(parsed.event.data), { ...data, ...until });
    }));

  it('is delivered by the local bus as it was put, to the last digit, or refused alone', () =>
    check(hostileEvent, (text) => {
      const given = Object(JSON.parse(text)) as Record<string, unknown>;
      // Clients send both as strings.
      const [Source, DetailType] = [String(given.source), String(given['detail-type'])];
      // The text as the producer wrote it: JSON.stringify would write Infinity as null.
      const Detail = /"detail":(.*)\}$/s.exec(text)?.[1] ?? '{}';
      const delivered: string[] = [];
      const targets = [{ send: (body: string) => void delivered.push(body) }];
      const rules = [{ bus: 'bus', matches: () => true, targets }];
      const bus = new Bus({ buses: ['bus'], denials: [], rules } as never);
      const { FailedEntryCount } = bus.putEvents(
        [
          { Source, DetailType, Detail, EventBusName: 'bus' },
          { Source: 'crm', DetailType: 'LeadsMerged', Detail: '{}', EventBusName: 'bus' },
        ],
        now,
      );
      expect(delivered).toHaveLength(2 - FailedEntryCount);
      if (FailedEntryCount > 0) return;
      const { detail } = parseExactly(delivered[0] ?? '') as { detail: unknown };
      expect(JSON.stringify(detail)).toBe(JSON.stringify(parseExactly(Detail)));
    }));

  it('is one line of a file for `send` and `replay`, and is put as it is or rejected', () =>
    check(hostileEvent, async (text) => {
      const pieces = async function* () {
        for (let i = 0; i < text.length; i += 1_000) yield text.slice(i, i + 1_000);
        yield '\r\n';
      };
      expect(await Array.fromAsync(splitLines(pieces()))).toEqual([text]);
      if (text.startsWith('{'))
        expect(await Array.fromAsync(splitEntries(splitLines(pieces())))).toEqual([{ text, number: 1 }]);
      const line = parseEntry({ text }, now);
      if (line.kind === 'entry')
        expectSame(line.entry.Detail ?? '', (JSON.parse(text) as { detail: unknown }).detail);
    }));

  it('is judged before it is replayed from the quarantine, as it came or corrected', () =>
    check(fc.oneof(hostileEvent, hostileText), (text) => {
      const judged = judgeReplay(text, 'malformed', now);
      if (judged.kind !== 'impossible')
        expectSame(judged.entry.Detail ?? '', (JSON.parse(text) as { detail: unknown }).detail);
    }));
});

describe('a hostile file', () => {
  it('of a model is checked, and every problem is a line of words', () =>
    check(
      hostileVersionOf([smallDocument(), readModelFile('bant')]),
      (text) => {
        const checked = checkText(text);
        if (!checked.ok) expect(checked.problems.length).toBeGreaterThan(0);
      },
      0.3,
    ));

  it('of facts is folded, or refused with its problems', () =>
    check(hostileVersionOf([factsDocument]), async (text) => {
      const file = inFolder('facts.json', text);
      const facts = await orRefused(() => buildFacts(readFactsFile(file), now), CliError);
      if (facts !== undefined) expectFinite(facts);
    }));

  it('of a mapping is read, or refused with its problems', () =>
    check(hostileVersionOf([mapping]), async (text) => {
      await orRefused(() => parseMapping(text, 'mapping.json'), CliError);
    }));

  it('of rows is imported, and no event has what its row has not', () =>
    check(
      fc.array(
        fc.tuple(hostileText, hostileText, fc.oneof(hostileText, fc.constantFrom('1e400', '9'.repeat(400)))),
        {
          minLength: 1,
          maxLength: 20,
        },
      ),
      async (rows) => {
        const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
        const lines = rows.map((cells, i) => [`l-${i}`, '2026-03-01', ...cells].map(quote).join(','));
        const result = await orRefused(
          () =>
            importCsv({
              file: inFolder('leads.csv', ['id,when,title,reason,size', ...lines].join('\n')),
              mapping: inFolder('mapping.json', JSON.stringify(mapping)),
              out: join(folder, 'out.jsonl'),
              now: () => now,
            }),
          CliError,
        );
        if (result !== undefined) expect(result.rows).toBe(rows.length);
      },
      0.1,
    ));
});
