import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addSource } from '../../../cli/commands/source.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

const { folder, inFolder } = temporaryFiles();
const fixture = (path: string) => join(import.meta.dirname, '../../../docs/examples/payloads', path);
/** Runs a command. One that prints its result may set the code with which the process will end. */
const run = async (...args: string[]) => {
  const { code, ...ran } = await runCommand(addSource, 'source', ...args);
  const atEnd = process.exitCode;
  process.exitCode = undefined;
  return { ...ran, code: atEnd ?? code };
};

const fileOf = (name: string, content: unknown): string =>
  inFolder(name, typeof content === 'string' ? content : JSON.stringify(content));

describe('sluice source try', () => {
  it('shows the lead and the events of a payload', async () => {
    const { code, stdout, stderr } = await run('try', 'calendly', fixture('calendly/created.json'));
    expect(stdout).toBe(
      [
        'invitee.created',
        '  becomes events',
        '  lead with email anna.berg@example.com',
        '  2026-03-01T09:00:00.000Z LeadActivityRecorded {"activity":"demo_requested","properties":{"campaign":"spring"}}',
        '  2026-03-01T09:00:00.000Z LeadProfileUpdated {"attributes":{"name":"Anna Berg","emailType":"business","company":"Example Logistics","jobTitle":"VP Sales","seniority":"executive","department":"sales"}}',
        '  2026-03-01T09:00:00.000Z LeadAnswersRecorded {"answers":{"budget":{"value":"approved"}},"askedBy":"calendly"}',
        '1 payload, 3 events',
        '',
      ].join('\n'),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('tells why a payload has no events', async () => {
    const { code, stdout } = await run('try', 'hubspot', fixture('hubspot/changes.json'));
    expect(code).toBe(0);
    expect(stdout).toContain(
      'object.privacyDeletion 0-2\n  unknown: no event of the mapping is for it; it is counted by its name\n',
    );
    expect(stdout).toContain('  ignored: its name is listed in "ignore"\n');
    expect(stdout).toContain('  own: Sluice has written this itself; it is passed over\n');
    expect(stdout).toContain('16 payloads, 17 events');
  });

  it('tells of a payload that its mapping knows, and that has no value', async () => {
    const identify = {
      type: 'identify',
      messageId: 'm-1',
      userId: 'u-1',
      timestamp: '2026-03-01T09:00:00Z',
    };
    const { code, stdout } = await run('try', 'segment', fileOf('identify.json', identify));
    expect(code).toBe(0);
    expect(stdout).toContain(
      'identify\n  empty: the mapping is for it, and it has no value of which an event is made; it is counted\n',
    );
  });

  it('takes one payload of a list alone', async () => {
    const change = {
      eventId: 1,
      portalId: 33,
      occurredAt: 1_772_355_600_000,
      subscriptionType: 'contact.propertyChange',
      objectId: 5,
      propertyName: 'jobtitle',
      propertyValue: 'CEO',
    };
    const { stdout } = await run('try', 'hubspot', fileOf('change.json', change));
    expect(stdout).toContain(
      'LeadProfileUpdated {"attributes":{"jobTitle":"CEO","seniority":"executive","hubspotContactId":5}}',
    );
  });

  it('ends with 1 and the problems of a payload whose value is wrong', async () => {
    const body = { id: '1', event: 'opens email', at: 'soon', email: 'anna@example.com', employees: 5 };
    const { code, stdout } = await run('try', 'generic', fileOf('wrong.json', body));
    expect(code).toBe(1);
    expect(stdout).toContain('  unmapped: a value is wrong; it is quarantined\n');
    expect(stdout).toContain('  at: given "soon"; allowed: a date that exists, written as iso');
  });

  it('warns of names and values that no rule reads', async () => {
    const body = {
      type: 'lead.updated',
      timestamp: '2026-03-01T09:00:00Z',
      data: { email: 'a@b.example', industry: 'Mining' },
    };
    const { stderr } = await run('try', 'standard-webhooks', fileOf('unread.json', body));
    expect(stderr).toContain('attributes.industry, 1 event, such as "Mining": no rule reads this value');
  });

  it('prints one JSON object for programs', async () => {
    const { stdout } = await run('try', 'customerio', fixture('customerio/clicked.json'), '--json');
    expect(JSON.parse(stdout)).toEqual({
      source: 'customerio',
      kind: 'customerio',
      payloads: [
        {
          name: 'email clicked',
          outcome: 'mapped',
          recordId: '01E4C4C6P79C12J5A6KPE6XNFD',
          occurredAt: '2026-03-01T09:00:00.000Z',
          lead: {
            identifiers: [
              { type: 'email', value: 'anna.berg@example.com' },
              { type: 'customerio', value: 'u-1017' },
            ],
          },
          events: [
            {
              type: 'LeadActivityRecorded',
              occurredAt: '2026-03-01T09:00:00.000Z',
              eventId: expect.any(String),
              data: { activity: 'email_clicked' },
            },
          ],
          passedOver: [],
          problems: [],
        },
      ],
      unread: [],
      unreadMore: 0,
    });
  });

  it('takes the file of a document that is in no folder', async () => {
    const document = {
      name: 'mine',
      kind: 'typeform',
      owner: 'me',
      mapping: { leadId: 'event_id', events: [{ type: 'LeadErasureRequested' }] },
    };
    const { stdout } = await run('try', fileOf('mine.json', document), fixture('typeform/response.json'));
    expect(stdout).toContain(
      '  lead 01HQZ4TJ8M2ZK0V2Q7X1W5A9BC\n  2026-03-01T09:00:00.000Z LeadErasureRequested\n',
    );
  });

  it.each([
    ['an unknown source', ['typform', 'x.json'], 'did you mean typeform?', 2],
    [
      'no folder',
      ['typeform', 'x.json', '--sources', '/nowhere'],
      'allowed: a folder of source documents',
      2,
    ],
    ['no file', ['typeform', '/nowhere.json'], 'there is no such file', 1],
  ])('refuses %s', async (_, args, message, code) => {
    const ran = await run('try', ...args);
    expect(ran.stderr).toContain(message);
    expect(ran.code).toBe(code);
  });

  it('refuses what is no JSON, and what the kind never sends', async () => {
    expect((await run('try', 'typeform', fileOf('text.json', 'hello'))).stderr).toContain('is not JSON');
    expect((await run('try', 'hubspot', fileOf('number.json', 5))).stderr).toContain(
      'is nothing that hubspot sends:\n  body: given a number; allowed: a list',
    );
  });

  it('refuses a document with every problem of it', async () => {
    const { stderr } = await run('try', fileOf('bad.json', { name: 'x', kind: 'typeform' }), 'x.json');
    expect(stderr).toContain("bad.json can't be used:\n  owner: given nothing");
    expect(stderr).toContain('\n  mapping: given nothing');
  });
});

describe('sluice source check', () => {
  it('finds nothing wrong with the documents that come with Sluice', async () => {
    expect(await run('check')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^0 errors; 8 sources can be used: calendly, cloudevents, /),
    });
  });

  it('prints every problem of a folder, and ends with 1', async () => {
    const { code, stdout } = await run('check', '--sources', folder);
    expect(code).toBe(1);
    expect(stdout).toContain('error text.json: given ');
    expect(stdout).toContain('error bad.json: owner: given nothing');
    const { stdout: json } = await run('check', '--sources', folder, '--json');
    expect(JSON.parse(json)).toMatchObject({ sources: ['mine'], problems: expect.any(Array) });
  });
});
