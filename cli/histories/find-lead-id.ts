import { isObject } from '../../events/index.ts';

const name = '"leadId"';

/** Matches a lead id by its contract, behind the name of the field. */
const value = /\s*:\s*"([A-Za-z0-9_.:@+-]{1,128})"/y;

const leadIdPattern = /^[A-Za-z0-9_.:@+-]{1,128}$/;

/** Returns the lead id in the text of an event that names it once and has no escapes, without parsing the event. */
const findInText = (text: string): string | undefined => {
  const at = text.indexOf(name);
  if (at < 0 || text.includes('\\') || text.indexOf(name, at + name.length) >= 0) return undefined;
  value.lastIndex = at + name.length;
  return value.exec(text)?.[1];
};

const findInEvent = (event: unknown): string | undefined => {
  if (!isObject(event) || !isObject(event.detail) || !isObject(event.detail.data)) return undefined;
  const { leadId } = event.detail.data;
  return typeof leadId === 'string' && leadIdPattern.test(leadId) ? leadId : undefined;
};

/**
 * Finds the lead that an event names. Of an event that no lead is found in, only a full check can say what it is.
 *
 * @param text the event as JSON
 */
export const findLeadId = (text: string): string | undefined =>
  findInText(text) ?? (text.includes(name) ? findInEvent(JSON.parse(text)) : undefined);
