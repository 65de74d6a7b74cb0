import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import { type Schema, withAllKinds } from '../../../console/pages/model/editor/all-kinds.ts';
import { formatJson } from '../../../console/pages/model/editor/format-json.ts';
import { suggestVersion } from '../../../console/pages/model/editor/next-version.ts';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

describe('the format of a model', () => {
  it('changes nothing of what the text says', () => {
    const model = read('models/success-ready.json');
    expect(JSON.parse(formatJson(model))).toEqual(model);
    expect(formatJson(JSON.parse(formatJson(model)))).toBe(formatJson(model));
  });

  it('has a rule on one line if it fits, and no line that is longer than must be', () => {
    const lines = formatJson(read('models/success-ready.json')).split('\n');
    expect(lines.map((line) => line.trim())).toContain(
      '"when": { "attribute": "seniority", "in": ["executive", "director"] },',
    );
    const longer = lines.filter((line) => line.length > 101 && !/^\s*"[^"]+": "/.test(line));
    expect(longer).toEqual([]);
  });

  it.each([
    [{}, '{}\n'],
    [[], '[]\n'],
    ['text', '"text"\n'],
  ])('takes %j', (value, text) => {
    expect(formatJson(value).replaceAll(/\n(?=.)/g, '')).toBe(text);
  });
});

describe('the next version of a model', () => {
  it.each([
    ['4', '5'],
    ['1.9', '1.10'],
    ['2026-03', '2026-04'],
    ['draft', 'draft-2'],
  ])('after %s is %s', (version, next) => {
    expect(suggestVersion('m', version, [`m@${version}`])).toBe(next);
  });

  it('is the one of the document if nobody has published it', () => {
    expect(suggestVersion('m', '7', ['m@6', 'other@7'])).toBe('7');
  });

  it('is none that is published', () => {
    expect(suggestVersion('m', '4', ['m@4', 'm@5', 'm@6'])).toBe('7');
  });
});

describe('the proposals of the editor', () => {
  const propose = async (text: string, schema: unknown): Promise<string[]> => {
    const service = getLanguageService({});
    service.configure({ schemas: [{ uri: 'urn:model', fileMatch: ['*'], schema: schema as Schema }] });
    const at = text.indexOf('|');
    const document = TextDocument.create('file:///m.json', 'json', 1, text.replace('|', ''));
    const parsed = service.parseJSONDocument(document);
    const found = await service.doComplete(document, document.positionAt(at), parsed);
    return (found?.items ?? []).map(({ label }) => label.replaceAll('"', ''));
  };
  const schema = read('models/schema/model.json');

  it('name every kind of a question', async () => {
    const kinds = ['choice', 'number', 'yesNo', 'list', 'text'];
    const question = '{"questions": {"need": {"kind": |}}}';
    expect(await propose(question, withAllKinds(schema))).toEqual(expect.arrayContaining(kinds));
  });

  it('name every action of a rule', async () => {
    const rule = '{"policy": {"rules": [{"action": {"kind": |}}]}}';
    const kinds = ['handoff', 'nurture', 'none'];
    expect(await propose(rule, withAllKinds(schema))).toEqual(expect.arrayContaining(kinds));
  });

  it('name the keys of a criterion', async () => {
    const criterion = '{"dimensions": {"fit": {"criteria": [{"id": "a", "text": "b", |}]}}}';
    expect(await propose(criterion, withAllKinds(schema))).toEqual(
      expect.arrayContaining(['when', 'points', 'of', 'bands', 'table', 'each', 'max', 'decay']),
    );
  });
});
