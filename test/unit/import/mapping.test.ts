import { describe, expect, it } from 'vitest';
import { ImportError, type MappingInput, parseMapping } from '../../../cli/import/index.ts';

const mapping: MappingInput = {
  source: 'crm',
  leadId: 'id',
  occurredAt: { column: 'date', format: 'dd-MM-yyyy' },
  events: [{ type: 'LeadProfileUpdated', attributes: { country: 'country' } }],
};

const collectProblems = (given: unknown): string[] => {
  try {
    parseMapping(JSON.stringify(given), 'm.json');
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    expect(error.code).toBe('mapping-invalid');
    return error.problems.map(({ path, given, allowed }) => `${path}: given ${given}; allowed: ${allowed}`);
  }
  return [];
};

const withEvent = (event: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  collectProblems({ ...mapping, ...more, events: [event] });

describe('a mapping', () => {
  it('that is right has no problems', () => {
    expect(collectProblems(mapping)).toEqual([]);
  });

  it.each([
    ['1e400', 'given a number beyond the range of a double'],
    [`${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'given more than 1100 levels of objects and lists'],
  ])('that holds what no event can carry says where: %#', (fixed, message) => {
    const text = `{"events":[{"type":"LeadOutcomeRecorded","amount":{"fixed":${fixed}}}]}`;
    const refused = expect.objectContaining({
      code: 'mapping-invalid',
      message: expect.stringContaining(message),
    });
    expect(() => parseMapping(text, 'm.json')).toThrow(refused);
    expect(() => parseMapping(text, 'm.json')).toThrow('events[0].amount.fixed');
  });

  it('that is not JSON says where it breaks off', () => {
    expect(() => parseMapping('{"source": ', 'm.json')).toThrow(/m\.json is not JSON: .*JSON/);
  });

  it('tells every problem at once', () => {
    const problems = collectProblems({
      source: 'sluice',
      csv: { delimiter: ';;' },
      occurredAt: { column: 'date', format: 'DD-MM-YYYY', timeZone: 'Mars/Olympus' },
      events: [
        { type: 'LeadStageChanged', stage: { fixed: 'prospect' } },
        { type: 'LeadActivityRecorded', activity: { fixed: 'two words' }, colour: 'red' },
      ],
    });
    expect(problems).toEqual([
      'source: given "sluice"; allowed: another source: "sluice" and "aws.…" are not for producers',
      'csv.delimiter: given ";;"; allowed: one character, such as , ; | or \\t',
      'leadId: given nothing; allowed: the name of a column, {"column": …} or {"columns": […]}',
      expect.stringMatching(/^occurredAt\.format: given "DD-MM-YYYY"; allowed: iso, .*such as dd-MM-yyyy/),
      'occurredAt.timeZone: given "Mars/Olympus"; allowed: the IANA name of a time zone, such as Europe/Berlin, or UTC',
      'events[0].stage.fixed: given "prospect"; allowed: subscriber, lead, mql, sql, opportunity, customer',
      expect.stringMatching(/^events\[1\]\.activity\.fixed: given "two words"; allowed: 1 to 64 characters/),
      'events[1].colour: given "red"; allowed: no such field here',
    ]);
  });

  it('names the types there are when it gives another', () => {
    const [problem, ...others] = withEvent({ type: 'LeadForgotten' });
    expect(problem).toMatch(
      /^events\[0\]\.type: given "LeadForgotten"; allowed: .*LeadStageChanged, .*HandoffRejected/,
    );
    expect(others).toEqual([]);
  });

  it.each([
    ['neither a column nor a value', {}, 'either "column" or "fixed"'],
    ['both', { column: 'a', fixed: 'b' }, 'either "column" or "fixed"'],
    ['a number', 3, 'the name of a column, {"column": …} or {"fixed": …}'],
    ['an empty name', '', 'the name of a column'],
    ['options beside a fixed value', { fixed: 'b', type: 'string' }, 'nothing beside "fixed"'],
    ['a separator for a string', { column: 'a', separator: ',' }, '"separator" only with "type": "list"'],
    ['bounds for a string', { column: 'a', min: 1 }, '"min" only with "type": "number"'],
    ['"otherwise" alone', { column: 'a', otherwise: 'keep' }, '"otherwise" only with "values"'],
    [
      '"outside" alone',
      { column: 'a', type: 'number', outside: 'omit' },
      '"outside" only with "min" or "max"',
    ],
    ['bounds that exclude everything', { column: 'a', type: 'number', min: 2, max: 1 }, 'at least "min", 2'],
    [
      'one sign twice',
      { column: 'a', type: 'number', decimal: ',', thousands: ',' },
      'another sign than "decimal"',
    ],
    ['a value that no attribute has', { column: 'a', values: { x: { y: 1 } } }, 'a string of at most 1000'],
    ['an unknown type', { column: 'a', type: 'date' }, 'string, number, boolean, list'],
  ])('refuses an attribute with %s', (_what, cell, allowed) => {
    expect(withEvent({ type: 'LeadProfileUpdated', attributes: { a: cell } }).join('\n')).toContain(allowed);
  });

  it('refuses a name that no attribute may have, and an event without attributes', () => {
    const [problem] = withEvent({ type: 'LeadProfileUpdated', attributes: { '2nd name': 'a' } });
    expect(problem).toContain('given the name "2nd name"; allowed: a name of 1 to 64 characters');
    expect(withEvent({ type: 'LeadProfileUpdated', attributes: {} })).toEqual([
      'events[0].attributes: given {}; allowed: at least one name',
    ]);
    expect(() => parseMapping(JSON.stringify(mapping).replace('country":', '__proto__":'), 'm.json')).toThrow(
      '"__proto__"; allowed: a name that begins with a letter',
    );
  });

  it('refuses stages and outcomes in a value map that there are not', () => {
    expect(
      withEvent({ type: 'LeadOutcomeRecorded', outcome: { column: 'o', values: { 'Closed Won': 'win' } } }),
    ).toEqual([
      'events[0].outcome.values.Closed Won: given "win"; allowed: won, lost, renewed, expanded, churned, referenced',
    ]);
  });

  it.each(['LeadRescoreRequested', 'LeadMoved'])(
    'names the types of events that there are, and %s is none',
    (type) => {
      expect(withEvent({ type })).toEqual([
        `events[0].type: given "${type}"; allowed: an event whose "type" is one of LeadStageChanged, LeadProfileUpdated, ` +
          'LeadActivityRecorded, LeadAnswersRecorded, LeadOutcomeRecorded, LeadsMerged, LeadErasureRequested, ' +
          'HandoffAccepted, HandoffRejected',
      ]);
    },
  );

  it('needs a date for each event', () => {
    const { occurredAt: _, ...dateless } = mapping;
    expect(collectProblems(dateless)).toEqual([
      'events[0].at: given nothing; allowed: a date, here or as "occurredAt" of the mapping',
    ]);
    expect(collectProblems({ ...dateless, events: [{ ...mapping.events[0], at: 'date' }] })).toEqual([]);
  });

  it('names joined files only where they are joined', () => {
    const event = { type: 'LeadErasureRequested', when: [{ joined: 'deals' }], each: 'calls' };
    const deals = { name: 'deals', file: 'd.csv', key: 'id' };
    expect(withEvent(event)).toEqual([
      'events[0].each: given "calls"; allowed: no joined file: there is no "join"',
      expect.stringContaining('no joined file'),
    ]);
    expect(withEvent(event, { join: [deals, deals] })).toEqual([
      'join[1].name: given "deals"; allowed: a name that no other joined file has',
      'events[0].each: given "calls"; allowed: deals, deals',
    ]);
    expect(withEvent({ type: 'LeadErasureRequested' }, { leadId: 'deals.id', join: [deals] })).toEqual([
      'leadId: given "deals.id"; allowed: a column of the main file',
    ]);
  });

  it.each([
    [{ column: 'a', joined: 'b' }, 'either "column" or "joined"'],
    [{ column: 'a', filled: true, equals: 'x' }, 'one of "filled", "equals" and "not"'],
    [{ equals: 'x' }, 'either "column" or "joined"'],
    [7, 'the name of a column that is filled'],
  ])('refuses the condition %j', (when, allowed) => {
    expect(withEvent({ type: 'LeadErasureRequested', when }).join('\n')).toContain(allowed);
  });
});
