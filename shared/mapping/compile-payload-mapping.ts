import type { Problem } from '../../events/index.ts';
import { payloadEventReader } from './payload-event.ts';
import { createRecord, pathFinder } from './payload-field.ts';
import { leadReader } from './payload-lead.ts';
import type { PassedOver, PayloadEvent, PayloadMappingOptions, PayloadReader } from './payload-reading.ts';
import { uniqueProblems } from './problems.ts';
import type { PayloadMapping } from './specs.ts';

/**
 * Turns a mapping into the function that reads a payload. Its events are such as score-leads accepts, whoever the lead
 * turns out to be.
 *
 * @example
 * const read = compilePayloadMapping(source.mapping, { now: Date.now });
 * const reading = read(payload, { recordId: payload.messageId, occurredAt: payload.timestamp });
 */
export const compilePayloadMapping = (
  mapping: PayloadMapping,
  { now }: PayloadMappingOptions,
): PayloadReader => {
  const find = pathFinder(mapping.blank);
  const readLead = leadReader(mapping, find);
  const readers = mapping.events.map((spec, index) => payloadEventReader(spec, index, mapping, find, now));

  return (payload, context) => {
    const record = createRecord(payload);
    const problems: Problem[] = [];
    const report = (problem: Problem) => problems.push(problem);
    const events: PayloadEvent[] = [];
    const passedOver: PassedOver[] = [];
    for (const read of readers) {
      const result = read(record, context, report);
      if (result === undefined) continue;
      if ('event' in result) events.push(result.event);
      else passedOver.push(result.passedOver);
    }
    // Whose payload it is matters only if it says something.
    if (events.length === 0 && problems.length === 0) {
      return { ok: true, lead: { identifiers: [] }, events, passedOver };
    }
    const lead = readLead(record, report);
    if (lead === undefined || problems.length > 0) return { ok: false, problems: uniqueProblems(problems) };
    return { ok: true, lead, events, passedOver };
  };
};
