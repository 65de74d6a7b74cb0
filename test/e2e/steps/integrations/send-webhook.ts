import { checkReply } from '../../api/api-client.ts';
import { type Reply, sendRequest } from '../../api/send-request.ts';
import { stepFailed } from '../../errors.ts';
import type { Session } from '../../session.ts';
import type { Step } from '../../step.ts';
import type { Target } from '../../target.ts';
import { secrets } from './secrets.ts';

/** Skips a step at targets whose documents the run doesn't choose. */
export const skipWithoutDocuments: NonNullable<Step['skip']> = ({ integrations }: Target) =>
  integrations === undefined ? 'the run chooses no sources and subscriptions there' : undefined;

/** Returns what the run has beside the app. @throws EndToEndError `STEP_FAILED` */
export const integrationsOf = ({
  target: { integrations },
}: Session): NonNullable<Target['integrations']> => {
  if (integrations === undefined) throw stepFailed('there are no sources');
  return integrations;
};

interface Sent {
  readonly method?: string;
  readonly source?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Sends a request to the door for webhooks, and checks its status. */
export const sendHook = async (
  session: Session,
  wanted: string,
  { method = 'POST', source = 'form', headers = {}, body }: Sent,
): Promise<Reply> => {
  const reply = await sendRequest(integrationsOf(session).hooks(), {
    method,
    path: `/hooks/${source}`,
    query: {},
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    body: body && JSON.stringify(body),
  });
  checkReply(wanted, `${method} /hooks/${source}`, reply);
  return reply;
};

/** Sends a payload of the form with its secret. */
export const sendForm = (session: Session, body: object): Promise<Reply> =>
  sendHook(session, '200', { headers: { authorization: `Bearer ${secrets.form}` }, body });
