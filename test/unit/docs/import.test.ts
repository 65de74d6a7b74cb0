import { describe, expect, it } from 'vitest';
import { mappingSchema } from '../../../cli/import/index.ts';
import { dateTokens } from '../../../shared/mapping/date-pattern.ts';
import {
  findDocSection,
  findFence,
  findFences,
  markedTables,
  parseFences,
  quotedNames,
  readDocument,
} from '../../support/docs.ts';
import { importShown, parseCommand, runCommand } from './import-run.ts';
import { collectFields, fieldProblems } from './schema-fields.ts';

const text = readDocument('import.md');
const fences = parseFences(text);
const files = findFences(fences, 'file');
const made = [...files].filter(([, { marks }]) => marks.has('made')).map(([name]) => name);
const command = parseCommand(fences.find(({ marks }) => marks.has('run')));
const run = await runCommand(fences, command);

/** The names in the document for the parts of a mapping whose paths would say less. */
const names = {
  '': 'mapping',
  leadId: 'id',
  occurredAt: 'date',
  'events[].when[]': 'condition',
  'events[].stage': 'cell',
  'events[].stage.otherwise': 'otherwise',
};

interface EventId {
  readonly type: string;
  readonly id: string;
}

const parseIds = (events: string): EventId[] =>
  events
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((entry) => ({ type: entry['detail-type'], id: entry.detail.metadata.eventId }));

/** Returns the event ids after a change to the mapping. */
const idsWith = async (change: (mapping: ReturnType<typeof JSON.parse>) => void): Promise<EventId[]> => {
  const changed = await importShown(fences, (name, body) => {
    if (name !== 'mapping.json') return body;
    const mapping = JSON.parse(body);
    change(mapping);
    return JSON.stringify(mapping);
  });
  return parseIds(changed.events);
};
const shownIds = parseIds(findFence(files, 'events.jsonl').body);

describe('the example of import.md', () => {
  it('is executed as a whole', () => {
    const marks = ['file', 'stdout', 'stderr', 'fragment'];
    const unmarked = fences.filter(
      ({ language, marks: given }) => language !== 'sh' && !marks.some((mark) => given.has(mark)),
    );
    expect(unmarked.map(({ line }) => line)).toEqual([]);
    expect(made).toEqual(['events.jsonl', 'events.jsonl.rejected.jsonl']);
  });

  it.each(made)('makes %s as shown', (name) => {
    expect(run.file(name)).toBe(findFence(files, name).body);
  });

  it('prints what is shown', () => {
    expect(run.stdout).toBe(findFence(findFences(fences, 'stdout'), '').body);
    expect(run.stderr).toBe(findFence(findFences(fences, 'stderr'), '').body);
  });
});

describe('what import.md says of event ids', () => {
  it('holds for an attribute added to an event: that event changes its ids, and no other', async () => {
    const ids = await idsWith((mapping) => {
      mapping.events[0].attributes.importedFrom = { fixed: 'crm' };
    });
    const unchanged = ids.filter(({ id }) => shownIds.some((shown) => shown.id === id));
    expect(unchanged).toEqual(shownIds.filter(({ type }) => type !== 'LeadProfileUpdated'));
    expect(ids).toHaveLength(shownIds.length);
  });

  it('holds for an attribute added as an event of its own: all ids stay', async () => {
    const ids = await idsWith((mapping) => {
      mapping.events.push({ type: 'LeadProfileUpdated', attributes: { importedFrom: { fixed: 'crm' } } });
    });
    expect(ids).toEqual(expect.arrayContaining(shownIds));
    expect(ids).toHaveLength(shownIds.length + 3);
  });

  it('holds for notes and the order of fields: nothing changes', async () => {
    const ids = await idsWith((mapping) => {
      mapping.description = 'Other words';
      const { jobTitle, employees } = mapping.events[0].attributes;
      mapping.events[0].attributes = { employees, jobTitle };
    });
    expect(ids).toEqual(shownIds);
  });

  it.each<[string, Record<string, unknown>]>([
    ['source', { source: 'crm.other' }],
    ['prefix', { leadId: 'Contact ID' }],
  ])('holds for another %s: every id changes', async (_, changes) => {
    const ids = await idsWith((mapping) => Object.assign(mapping, changes));
    expect(ids.filter(({ id }) => shownIds.some((shown) => shown.id === id))).toEqual([]);
  });
});

describe('the reference of import.md', () => {
  it('has a row for each field of the schema, with its bounds, and no other', () => {
    expect(fieldProblems(collectFields(mappingSchema, names), markedTables(text))).toEqual([]);
  });

  it('has fragments that a mapping may hold', () => {
    const fragments = fences.filter(({ marks }) => marks.has('fragment')).map(({ body }) => JSON.parse(body));
    expect(fragments.length).toBeGreaterThan(0);
    for (const fragment of fragments) {
      const [event, at] = [
        'type' in fragment
          ? fragment
          : { type: 'LeadProfileUpdated', attributes: { a: 'format' in fragment ? 'a' : fragment } },
        'format' in fragment ? fragment : 'date',
      ];
      const mapping = { source: 'crm', leadId: 'id', occurredAt: at, events: [event] };
      expect(mappingSchema.safeParse(mapping).error).toBeUndefined();
    }
  });

  it('has every token of date formats', () => {
    const quoted = quotedNames(findDocSection(text, '## Dates'));
    expect(dateTokens.filter((token) => !quoted.includes(token))).toEqual([]);
  });

  it('has every field of the summary and of a rejected row', async () => {
    const { summary, rejects } = await importShown(fences);
    const quoted = quotedNames(findDocSection(text, '## The summary'));
    const fields = [
      ...Object.keys(summary),
      ...Object.keys(summary.leads),
      ...Object.keys(summary.joins[0] ?? {}),
      ...Object.keys(summary.reasons[0] ?? {}),
    ];
    expect(fields.filter((field) => !quoted.includes(field))).toEqual([]);
    const bad = quotedNames(findDocSection(text, '## Bad rows'));
    const [reject] = rejects;
    const fieldsOfReject = [...Object.keys(reject ?? {}), ...Object.keys(reject?.reasons[0] ?? {})];
    expect(fieldsOfReject.filter((field) => !bad.includes(field))).toEqual([]);
  });
});
