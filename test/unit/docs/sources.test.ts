import { describe, expect, it } from 'vitest';
import { addSource } from '../../../cli/commands/source.ts';
import { payloadMappingSchema } from '../../../shared/mapping-document/index.ts';
import { sourceDocumentSchema } from '../../../shared/source-documents/index.ts';
import { markedTables, parseFences, readDocument } from '../../support/docs.ts';
import { runCommand } from '../../support/run-command.ts';
import { collectFields, fieldProblems } from './schema-fields.ts';

const text = readDocument('sources.md');
const fences = parseFences(text);

/** The names in the document for the parts of a source document whose paths would say less. */
const names = {
  '': 'source',
  'mapping.leadId': 'id',
  'mapping.identity': 'identity',
  'mapping.identity.identifiers[]': 'identifier',
  'mapping.occurredAt': 'date',
  'mapping.events[]': 'event',
  'mapping.events[].when[]': 'condition',
  'mapping.events[].stage': 'value',
  'mapping.events[].stage.otherwise': 'otherwise',
  'mapping.events[].answers.*': 'answer',
};

describe('sources.md', () => {
  it('has a row for each field of the schema, with its bounds, and no other', () => {
    expect(fieldProblems(collectFields(sourceDocumentSchema, names), markedTables(text))).toEqual([]);
  });

  it('has fragments that a mapping may hold', () => {
    const fragments = fences.filter(({ marks }) => marks.has('fragment')).map(({ body }) => JSON.parse(body));
    expect(fragments.length).toBeGreaterThan(0);
    for (const event of fragments) {
      expect(payloadMappingSchema.safeParse({ leadId: 'id', events: [event] }).error).toBeUndefined();
    }
  });

  it('shows what the command prints', async () => {
    const command =
      fences
        .find(({ language }) => language === 'sh')
        ?.body.trim()
        .split('\n')
        .at(-1) ?? '';
    const shown = fences.find(({ marks }) => marks.get('shown') === 'try')?.body;
    const ran = await runCommand(addSource, ...command.replace('npx sluice ', '').split(' '));
    expect(ran.stdout).toBe(shown);
  });
});
