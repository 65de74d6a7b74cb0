import { isNestedDeeper, parseJson } from '../../events/index.ts';
import type { LocalAnswer, LocalRequest } from '../../infra/local/protocols/console.ts';
import { readSources } from '../../shared/source-documents/index.ts';
import { isWebhookSource, type SourceDocument } from '../../shared/sources/index.ts';
import { tryPayloads } from '../source/try-payloads.ts';
import { readLocalStack } from '../stack/outputs.ts';
import { findLeads } from './find-leads.ts';
import { putEvent } from './put-event.ts';
import { buildSamples } from './samples.ts';
import { sendPayload } from './send-payload.ts';

/**
 * The requests of the page Try it, below `/console/local/`. They exist on this machine only.
 *
 * `GET samples` answers with `{ events, payloads }`: `events` has `{ type, event }` for each type that clients may send,
 * of which `event` is the body of `POST events`; `payloads` has `{ source, kind, name, payload, isSendable }` for each
 * source, of which `payload` is a body as its vendor sends it. Each answer has new ids and instants, so that none is
 * taken for one that has come before.
 *
 * `POST events` takes one event, puts it on the bus as a producer would, and answers with `{ eventId, problems }`. If there
 * are `problems` (`path`, `given`, `allowed`), the event is put on the bus, too, and ends in the quarantine for them.
 * `POST /api/events` takes the same events but those of the types that need rights of their own.
 *
 * `POST sources/SOURCE/try` takes a body of a vendor, sends nothing, and answers with `{ source, kind, payloads }`. Each
 * payload has `name`, `outcome` (`mapped`, `unknown`, `empty`, `unmapped`, `own`, `ignored`, `unproven`,
 * `missing-changes` or `malformed`), `recordId` and `occurredAt` if it has them, `lead`, `events` (`type`, `occurredAt`,
 * `eventId`, `data`), `passedOver`, and `problems` (`path`, `given`, `allowed`).
 *
 * `POST sources/SOURCE/send` takes the same body, signs it, sends it through the door for webhooks, and answers with the
 * `status` of that door, its body as the text `answer`, and the ids of the leads that it is about as `leadIds`.
 *
 * Refusals have `{ message, problems }`: 400 for a body that is no JSON, 404 for an unknown source, 409 for a source that
 * nothing can be sent to, 422 for a body that is nothing that the source sends, or an event that the bus refuses.
 */
export type AnswerTryIt = (request: LocalRequest) => Promise<LocalAnswer | undefined>;

const refuse = (status: number, message: string, problems: readonly object[] = []): LocalAnswer => ({
  status,
  body: { message, problems },
});

const trySource = (source: SourceDocument, payload: unknown, now: number): LocalAnswer => {
  const { name, kind } = source;
  const tried = tryPayloads(source, payload, now);
  if ('problems' in tried) return refuse(422, `this is nothing that ${kind} sends`, tried.problems);
  return { status: 200, body: { source: name, kind, payloads: tried.payloads } };
};

const sendSource = async (
  source: SourceDocument,
  payload: unknown,
  { endpoint, now }: { readonly endpoint: string; readonly now: number },
): Promise<LocalAnswer> => {
  if (!isWebhookSource(source))
    return refuse(409, `${source.name} takes events of a bus on AWS, so nothing can be sent to it here`);
  const sent = await sendPayload(endpoint, source, payload);
  if (sent === undefined) return refuse(409, `${source.name} has no secret`);
  const tried = tryPayloads(source, payload, now);
  const leadIds = await findLeads(endpoint, 'payloads' in tried ? tried.payloads : []);
  return { status: 200, body: { ...sent, leadIds } };
};

const sendEvent = async (event: unknown, endpoint: string): Promise<LocalAnswer> => {
  const { kind, ...result } = await putEvent(endpoint, event);
  if (kind === 'refused') return refuse(422, 'the bus refuses this event', result.problems);
  return { status: 200, body: result };
};

const read = (body: Buffer): { readonly payload: unknown } | undefined => {
  const payload = parseJson(body.toString());
  return payload === undefined || isNestedDeeper(payload) ? undefined : { payload };
};

/** Returns what answers the requests of the page Try it. @param folder the folder of the source documents, if any */
export const createTryIt = (folder: string | undefined): AnswerTryIt => {
  // They are read again for each request, so that a document can be corrected while the page is open.
  const list = (): readonly SourceDocument[] => (folder === undefined ? [] : readSources(folder));
  return async ({ method, path, body, endpoint }) => {
    const { now } = await readLocalStack(endpoint);
    if (method === 'GET' && path === 'samples') return { status: 200, body: buildSamples(list(), now()) };
    const [, name, action] = /^sources\/([^/]+)\/(try|send)$/.exec(path) ?? [];
    if (method !== 'POST' || (action === undefined && path !== 'events')) return undefined;
    const given = read(body);
    if (given === undefined) return refuse(400, 'the body is not JSON, or nested too deeply');
    if (action === undefined) return sendEvent(given.payload, endpoint);
    const sources = list();
    const source = sources.find((each) => each.name === name);
    if (source === undefined)
      return refuse(
        404,
        `there is no source ${name}; allowed: ${sources.map((each) => each.name).join(', ')}`,
      );
    return action === 'try'
      ? trySource(source, given.payload, now())
      : sendSource(source, given.payload, { endpoint, now: now() });
  };
};
