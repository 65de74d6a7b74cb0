import { Webhook } from 'standardwebhooks';
import { stepFailed } from '../../errors.ts';
import type { Session } from '../../session.ts';
import type { Step } from '../../step.ts';
import { until } from '../../until.ts';
import { secrets, setSecrets } from './secrets.ts';
import { integrationsOf, sendForm, sendHook, skipWithoutDocuments } from './send-webhook.ts';

const at = '2026-03-02T10:00:00.000Z';

/** The people who fill out the form. The run's own name keeps them apart from those of other runs. */
export const addressOf = ({ run }: Session, name: string): string => `${name}@${run}.example`;

const payload = (session: Session, name: string, more: object) => ({
  id: `${session.run}-${name}-${Object.keys(more).join('-')}`,
  event: 'form',
  at,
  email: addressOf(session, name),
  ...more,
});

const keen = { jobTitle: 'Chief Operating Officer', seniority: 'executive', industry: 'software' };

/** Sets the secrets before anything is announced: without one, the attempts of a delivery fail, and take longer each time. */
export const setAllSecrets: Step = {
  name: 'secrets of a source and of targets are set',
  skip: skipWithoutDocuments,
  run: async (session) => {
    await setSecrets(session);
    return { saw: 'those of one source and two targets' };
  },
};

/** Asks whether CloudEvents may be sent. */
const greet = async (session: Session): Promise<void> => {
  const headers = { 'webhook-request-origin': 'events.example.com' };
  const { headers: answered } = await sendHook(session, '200', {
    method: 'OPTIONS',
    source: 'shop',
    headers,
  });
  if (answered['webhook-allowed-origin'] !== 'events.example.com')
    throw stepFailed(`the handshake was answered by ${JSON.stringify(answered)}`);
};

/** Sends what is refused, what is repeated, and what becomes events of a lead. */
export const webhooks: Step = {
  name: 'webhooks are proved, and become events of a lead',
  skip: skipWithoutDocuments,
  run: async (session) => {
    const body = payload(session, 'wanda', keen);
    await sendHook(session, '401 unproven', { headers: { authorization: 'Bearer another-secret' }, body });
    const { passesOptions } = integrationsOf(session);
    if (passesOptions) await greet(session);
    const taken = await sendForm(session, body);
    if (taken.body?.events < 1) throw stepFailed(`the webhook became ${JSON.stringify(taken.body)}`);
    const again = await sendForm(session, body);
    if (again.body?.repeated !== true)
      throw stepFailed(`the repeated webhook was answered by ${JSON.stringify(again.body)}`);
    await sendForm(session, payload(session, 'wanda', { crmId: 'crm-1', activity: 'demo_requested' }));
    const greeted = passesOptions ? ', and a handshake answered' : '';
    return { saw: `one webhook refused, two taken, one repeated${greeted}` };
  },
};

/** Checks the signature of a delivery, as its receiver does. Returns the announcement. */
const verify = (headers: object, body: string) =>
  new Webhook(secrets.deliveries).verify(body, headers as Record<string, string>) as {
    readonly type: string;
    readonly data: { readonly leadId: string };
  };

/** Waits for what is delivered about the person of the form, whose lead id nobody else tells. */
const findLead = (session: Session): Promise<string> =>
  until('a delivery about the person of the form', session.target.pace, async () => {
    const received = integrationsOf(session).received('works');
    const found = received.map(({ headers, body }) => verify(headers, body));
    const leadId = found.find(({ data }) => /^p-/.test(data.leadId))?.data.leadId;
    return leadId === undefined ? { instead: `${received.length} deliveries` } : { found: leadId };
  });

export const deliveries: Step = {
  name: 'announcements are delivered to a target, and a target that is gone is paused',
  skip: skipWithoutDocuments,
  run: async (session) => {
    const leadId = await findLead(session);
    await session.api.expect('200', 'service', 'getLead', { path: { id: leadId } });
    const paused = await session.waitForAnnouncement(
      'the pause of the subscription gone',
      ({ type, data }) => type === 'DeliveriesPaused' && data.subscription === 'gone',
    );
    const tried = integrationsOf(session).received('gone').length;
    return { saw: `the lead was delivered, signed; ${paused.type} after ${tried} attempts` };
  },
};

/** Has two people share an identifier, whom the API then lists. */
export const pairs: Step = {
  name: 'two people who share an identifier are listed as duplicates',
  skip: skipWithoutDocuments,
  run: async (session) => {
    await sendForm(session, payload(session, 'wilma', { activity: 'demo_requested' }));
    await sendForm(session, payload(session, 'wilma', { crmId: 'crm-1', activity: 'pricing_page_visited' }));
    const leadId = await findLead(session);
    await until('the pair in the list of duplicates', session.target.pace, async () => {
      const { body } = await session.api.expect('200', 'service', 'listDuplicates');
      const isListed = JSON.stringify(body).includes(leadId);
      return isListed ? { found: true } : { instead: JSON.stringify(body) };
    });
    return { saw: 'one pair, suggested' };
  },
};
