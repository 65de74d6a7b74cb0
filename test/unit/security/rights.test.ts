import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSluiceApp } from '../../../infra/sluice-app.ts';
import { checkRights } from '../../e2e/emulator/rights.ts';
import type { Recorder } from '../../security/recorder/start-recorder.ts';
import type { RecordedUse } from '../../security/recorder/use.ts';

const assembly = mkdtempSync(join(tmpdir(), 'sluice-rights-'));
beforeAll(() => {
  buildSluiceApp({ outdir: assembly, bundle: false, validate: false }).app.synth();
});
afterAll(() => rmSync(assembly, { recursive: true }));

/** The name of the leads table at the emulator. */
const leads = 'dynamodb:table/Sluice-dev-Stateful-Leads391D8FFF-ECD9DA0B5221E';
const ofUpdate = (attribute = 'track') => ({
  'dynamodb:Attributes': ['pk', 'sk', attribute],
  'dynamodb:ReturnValues': ['NONE'],
});
const use = (
  caller: string,
  action: string,
  resource: string,
  context: RecordedUse['context'] = ofUpdate(),
): RecordedUse => ({
  caller,
  operation: 'Any',
  action,
  resource,
  context,
});
const check = (uses: readonly RecordedUse[], unread: readonly string[] = []) =>
  checkRights({ uses: () => uses, unread: () => unread } as Recorder, assembly);

describe('calls recorded at an emulator', () => {
  it('are allowed if the role of the caller allows them, whatever the name of the table there', () => {
    expect(check([use('start-nurture', 'dynamodb:UpdateItem', leads)])).toEqual({
      calls: 1,
      callers: ['start-nurture'],
      problems: [],
    });
  });

  it('are reported if they touch another attribute than the role allows', () => {
    expect(check([use('start-nurture', 'dynamodb:UpdateItem', leads, ofUpdate('facts'))]).problems).toEqual([
      expect.stringMatching(/^start-nurture may not dynamodb:UpdateItem on .*"facts"/),
    ]);
  });

  it('are reported if the role allows another action or another table, or if the caller is unknown', () => {
    const denied = [
      use('start-nurture', 'dynamodb:PutItem', leads),
      use('start-nurture', 'dynamodb:UpdateItem', leads.replace('Leads391D8FFF', 'Quarantine23FF09FE')),
      use('nobody', 'dynamodb:UpdateItem', leads),
    ];
    expect(check(denied).problems).toEqual([
      expect.stringMatching(/^start-nurture may not dynamodb:PutItem on dynamodb:table\/.*leads/),
      expect.stringMatching(/^start-nurture may not dynamodb:UpdateItem on dynamodb:table\/.*quarantine/),
      expect.stringMatching(/^nobody may not dynamodb:UpdateItem/),
    ]);
  });

  it('are reported if the role allows them and the policy of the bucket does not', () => {
    const key = 's3:sluice-dev-stateful-anchorse78985fd-0123456789abc/anchors/i/part-0001.jsonl';
    const write = (context = {}) => use('anchor-heads', 's3:PutObject', key, context);
    expect(check([write({ 's3:if-none-match': ['*'] })]).problems).toEqual([]);
    expect(check([write()]).problems).toEqual([
      expect.stringMatching(/^anchor-heads may not s3:PutObject on s3:.*anchors/),
    ]);
  });

  it('are reported if they could not be read', () => {
    expect(check([], ['score-leads: AmazonSQS.SendMessage']).problems).toEqual([
      'score-leads: AmazonSQS.SendMessage',
    ]);
  });
});
