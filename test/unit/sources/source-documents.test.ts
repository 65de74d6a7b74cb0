import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  findSources,
  InvalidSourcesError,
  parseSource,
  readSources,
} from '../../../shared/source-documents/index.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

const mapping = {
  leadId: 'id',
  events: [{ type: 'LeadActivityRecorded', activity: { fixed: 'demo_requested' } }],
};
const base = { name: 'shop', owner: 'Web team', mapping };
const typeform = { ...base, kind: 'typeform' };

const parse = (document: unknown) => {
  const parsed = parseSource(JSON.stringify(document));
  return parsed.ok ? parsed.source : parsed.problems.map(({ path, allowed }) => [path, allowed]);
};

describe('a source document', () => {
  it('gets its defaults', () => {
    expect(parse(typeform)).toEqual({
      ...typeform,
      secret: 'shop',
      ignore: [],
      mapping: {
        source: 'shop',
        leadId: { names: ['id'], separator: ':', prefix: '' },
        blank: [],
        events: [{ type: 'LeadActivityRecorded', activity: { fixed: 'demo_requested', type: 'string' } }],
      },
    });
  });

  it.each([
    ['hubspot', {}, { ownSourceIds: [], ownProperties: [] }],
    ['segment', {}, { batching: 'refuse' }],
    ['cloudevents', {}, { origins: '*' }],
    ['calendly', { secret: 'other', silentAfterHours: 24 }, { secret: 'other', silentAfterHours: 24 }],
    [
      'salesforce-cdc',
      { bus: 'aws.partner/salesforce.com/1/a' },
      { ownClients: [], bus: 'aws.partner/salesforce.com/1/a' },
    ],
  ])('of the kind %s has its own options', (kind, given, expected) => {
    expect(parse({ ...base, kind, ...given })).toMatchObject(expected);
  });

  it('of the kind generic says where ids, names and dates are', () => {
    const generic = { ...base, kind: 'generic', recordId: 'id', header: 'X-Secret', payloadName: 'event' };
    expect(parse(generic)).toEqual([
      [
        'mapping.events[0].at',
        'a date, here or as "occurredAt" of the mapping: payloads of this kind say none by themselves',
      ],
    ]);
    expect(parse({ ...generic, mapping: { ...mapping, occurredAt: 'at' } })).toMatchObject({
      header: 'x-secret',
      recordId: 'id',
      payloadName: 'event',
      mapping: { occurredAt: { name: 'at' } },
    });
  });

  it('can be stored as JSON, which functions read', () => {
    const document = parse(typeform);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it.each<[string, object, readonly (readonly [string, unknown])[]]>([
    [
      'an unknown kind',
      { ...base, kind: 'typform' },
      [['kind', expect.stringContaining('typeform, calendly')]],
    ],
    ['a misspelt field', { ...typeform, ownr: 'x' }, [['ownr', 'no such field here; did you mean owner?']]],
    [
      'a misspelt field of the mapping',
      { ...typeform, mapping: { ...mapping, occuredAt: 'at' } },
      [['mapping.occuredAt', 'no such field here; did you mean occurredAt?']],
    ],
    ['an option of another kind', { ...typeform, batching: 'first' }, [['batching', 'no such field here']]],
    ['a name with capitals', { ...typeform, name: 'Shop' }, [['name', expect.stringContaining('a-z 0-9 -')]]],
    ['no owner', { ...typeform, owner: ' ' }, [['owner', 'a text that is not empty']]],
    ['no time of silence', { ...typeform, silentAfterHours: 0 }, [['silentAfterHours', 'at least 1']]],
    [
      'a source that is not for producers',
      { ...typeform, mapping: { ...mapping, source: 'sluice' } },
      [['mapping.source', expect.stringContaining('another source')]],
    ],
    [
      'neither a lead id nor an identity',
      { ...typeform, mapping: { events: mapping.events } },
      [['mapping', 'either "leadId" or "identity"']],
    ],
    [
      'no identifiers',
      { ...typeform, mapping: { identity: { identifiers: [] }, events: mapping.events } },
      [['mapping.identity.identifiers', 'at least 1 entries']],
    ],
    [
      'a path that is none',
      { ...typeform, mapping: { ...mapping, leadId: '$.id' } },
      [['mapping.leadId.path', expect.stringContaining('double quotes')]],
    ],
    [
      'a column, as files have them',
      { ...typeform, mapping: { ...mapping, leadId: { column: 'id' } } },
      [
        ['mapping.leadId.column', 'no such field here'],
        ['mapping.leadId', 'either "path" or "paths"'],
      ],
    ],
    [
      'a merge without a lead',
      { ...typeform, mapping: { ...mapping, events: [{ type: 'LeadsMerged' }] } },
      [['mapping.events[0]', 'either "mergedLeadId" or "mergedIdentifiers"']],
    ],
    [
      'a partner without a bus',
      { ...base, kind: 'segment-eventbridge', bus: 'default' },
      [['bus', expect.stringContaining('aws.partner/')]],
    ],
  ])('is refused for %s', (_, document, problems) => {
    expect(parse(document)).toEqual(problems);
  });

  it('has all its problems told at once', () => {
    const broken = {
      ...typeform,
      name: '',
      owner: 5,
      mapping: { leadId: 'a..b', events: [{ type: 'LeadStageChanged', stage: { fixed: 'prospect' } }] },
    };
    expect(parse(broken)).toEqual([
      ['name', expect.any(String)],
      ['owner', 'a text'],
      ['mapping.leadId.path', expect.any(String)],
      ['mapping.events[0].stage.fixed', 'subscriber, lead, mql, sql, opportunity, customer'],
    ]);
  });

  it.each([
    ['no JSON', '{', 'JSON'],
    [
      '__proto__',
      JSON.stringify(typeform).replace('"leadId":', '"__proto__":{},"leadId":'),
      'a name that begins with a letter',
    ],
  ])('is refused for %s', (_, text, allowed) => {
    const parsed = parseSource(text);
    expect(parsed).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.objectContaining({ allowed })]),
    });
  });
});

describe('a folder of source documents', () => {
  const { folder } = temporaryFiles();
  const write = (dir: string, files: Readonly<Record<string, unknown>>): string => {
    const path = join(folder, dir);
    mkdirSync(path, { recursive: true });
    for (const [name, document] of Object.entries(files)) {
      writeFileSync(join(path, name), typeof document === 'string' ? document : JSON.stringify(document));
    }
    return path;
  };
  const problemsOf = (path: string) =>
    findSources(path).problems.map(({ path: at, allowed }) => [at, allowed]);

  it('gives its sources by name, and leaves out other files', () => {
    const path = write('good', {
      'b.json': { ...typeform, name: 'b' },
      'a.json': { ...typeform, name: 'a' },
      'README.md': 'text',
      '.hidden.json': '{',
    });
    mkdirSync(join(path, 'schema'));
    expect(readSources(path).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('has all problems of all files told, and the right sources given', () => {
    const path = write('bad', {
      'a.json': '{',
      'b.json': { ...typeform, name: 'shop' },
      'c.json': { ...typeform, name: 'c', owner: '' },
      'd.json': { ...typeform, name: 'd' },
      'f.json': 'x'.repeat(1_000_001),
    });
    mkdirSync(join(path, 'e.json'));
    symlinkSync(join(path, 'nowhere'), join(path, 'g.json'));
    expect(problemsOf(path)).toEqual([
      ['a.json', 'JSON'],
      ['b.json: name', 'the name of the file, b'],
      ['c.json: owner', 'a text that is not empty'],
      ['e.json', 'a document of at most 1000000 bytes'],
      ['f.json', 'a document of at most 1000000 bytes'],
      ['g.json', 'a file that can be read'],
    ]);
    expect(findSources(path).sources.map(({ name }) => name)).toEqual(['d']);
    expect(() => readSources(path)).toThrow(InvalidSourcesError);
    expect(() => readSources(path)).toThrow(/^the sources of .*bad have problems:\na\.json: given /);
  });

  it('follows a link to a document', () => {
    const path = write('linked', { 'real.txt': { ...typeform, name: 'linked' } });
    symlinkSync(join(path, 'real.txt'), join(path, 'linked.json'));
    expect(readSources(path).map(({ name }) => name)).toEqual(['linked']);
  });

  it('may have at most 50', () => {
    const documents = Array.from({ length: 51 }, (_, i) => [`s${i}.json`, { ...typeform, name: `s${i}` }]);
    const path = write('many', Object.fromEntries(documents));
    expect(problemsOf(path)).toEqual([[path, 'at most 50 documents']]);
  });

  it('must be there', () => {
    const path = join(folder, 'nowhere');
    expect(problemsOf(path)).toEqual([[path, 'a folder of source documents']]);
  });
});
