import { apiLimits, type Routes } from '../../events/api/index.ts';
import { type ApiAnswer, type ApiRequest, openCursor, sealCursor } from '../../shared/api/index.ts';
import type { PagedEvent, QuarantinePage, QuarantinePosition } from '../../shared/quarantine/index.ts';
import type { QuarantineDeps } from './deps.ts';

const show = ({ beginning, bytes, ...event }: PagedEvent) => ({
  id: event.id,
  state: event.status,
  code: event.code,
  type: event.type,
  eventId: event.eventId,
  leadId: event.leadId,
  mergedLeadId: event.mergedLeadId,
  source: event.source,
  times: event.times,
  firstReceivedAt: event.receivedAt,
  lastReceivedAt: event.lastReceivedAt,
  expiresAt: event.expiresAt,
  reasons: event.reasons,
  steps: event.stepCount,
  body: beginning,
  bodyBytes: bytes,
});

/** Returns the bytes that a value takes in the answer of the function, in which the body is a text within JSON. */
const measure = (value: unknown): number => Buffer.byteLength(JSON.stringify(JSON.stringify(value)));

/** Returns as much of a page as fits into an answer, and where the next one begins. */
const fitPage = ({ events, next }: QuarantinePage) => {
  const shown = events.map(show);
  let bytes = 0;
  const end = shown.findIndex((event, index) => {
    bytes += measure(event);
    return index > 0 && bytes > apiLimits.quarantinePageBytes;
  });
  return end < 0 ? { shown, next } : { shown: shown.slice(0, end), next: events[end - 1]?.position };
};

/** Lists rejected events, page by page. */
export const listQuarantine =
  ({ quarantine, requests, now }: QuarantineDeps) =>
  async ({ operation, query }: ApiRequest<Routes['listQuarantine']>): Promise<ApiAnswer> => {
    const { cursor, limit, code, lead, source, state } = query;
    const sealing = {
      secret: await requests.readCursorSecret(),
      now: now(),
      query: [operation, code ?? null, lead ?? null, source ?? null, state],
    };
    const page = await quarantine.readPage({
      filter: { code, leadId: lead, source, status: state === 'all' ? undefined : state },
      limit,
      after: cursor === undefined ? undefined : (openCursor(sealing, cursor) as QuarantinePosition),
      itemsRead: apiLimits.itemsRead,
      characters: apiLimits.quarantinedCharacters,
    });
    const { shown, next } = fitPage(page);
    return { body: { events: shown, cursor: next === undefined ? null : sealCursor(sealing, next) } };
  };
