import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { copyCommand } from '../../infra/constructs/document-asset.ts';
import { checkedModel } from '../../infra/constructs/model-asset.ts';
import { buildTemplates } from './synthesized.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

const modelFile = (text: string): string => {
  const file = join(folder, 'model.json');
  writeFileSync(file, text);
  return file;
};

describe('the scoring model of a deployment', () => {
  it.each([
    { platform: 'win32', command: 'copy /y "C:\\my models\\a.json" "C:\\out\\model.json"' },
    { platform: 'darwin', command: "cp 'C:\\my models\\a.json' 'C:\\out\\model.json'" },
  ] as const)('is put beside a bundle by a command of $platform', ({ platform, command }) => {
    expect(copyCommand('C:\\my models\\a.json', 'C:\\out\\model.json', platform)).toBe(command);
  });

  it.each(['models/success-ready.json', 'models/bant.json'])('may be %s', (model) => {
    expect(() => buildTemplates({ modelFile: model })).not.toThrow();
  });

  it('stops the synthesis when there is no such file', () => {
    expect(() => buildTemplates({ modelFile: 'models/none.json' })).toThrow(
      /models\/none\.json: cannot be read/,
    );
  });

  it('is refused when it is not JSON', () => {
    expect(() => checkedModel(modelFile('{"name":'))).toThrow(/allowed: JSON/);
  });

  it('is refused with all of its errors at once', () => {
    expect(() => checkedModel(modelFile('{"id":"x y","version":1}'))).toThrow(
      /id: given "x y".*\n.*version: given 1.*\n(.*\n)*.*tiers: given nothing/,
    );
  });

  it.each(['[]', 'null', '"model"', '7'])('is refused when it is not an object: %s', (text) => {
    expect(() => checkedModel(modelFile(text))).toThrow(/allowed: an object/);
  });
});
