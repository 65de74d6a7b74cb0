import type { FactValue } from '../../../events/index.ts';
import type { ReadyDelivery } from '../target.ts';
import type { SlackOptions } from '../target-options.ts';
import { escapeText } from './escape.ts';

type Known = Pick<ReadyDelivery, 'leadId' | 'attributes'>;

/** The options that say how a lead is named, with their defaults filled in. */
export interface NamingOptions {
  readonly name: readonly string[];
  readonly company: string;
  readonly linkTemplate?: string | undefined;
}

export const fillNaming = ({ name, company, linkTemplate }: SlackOptions): NamingOptions => ({
  name: name ?? ['name'],
  company: company ?? 'company',
  linkTemplate,
});

/** Shows the value of an attribute; an empty text if nothing is known. */
const showValue = (value: FactValue | undefined): string => {
  if (value === undefined || value === null) return '';
  return (Array.isArray(value) ? value.join(', ') : `${value}`).trim();
};

/** Finds the name of a lead and of its company, as far as its subscription names them; else its id. */
export const findWho = ({ leadId, attributes = {} }: Known, { name, company }: NamingOptions): string => {
  const named = name
    .map((attribute) => showValue(attributes[attribute]))
    .filter((part) => part !== '')
    .join(' ');
  const parts = [named, showValue(attributes[company])].filter((part) => part !== '');
  return parts.length === 0 ? leadId : parts.join(', ');
};

/** Returns the address of the page about a lead. An id can contain characters that mean something in an address. */
const linkTo = (leadId: string, linkTemplate: string): string =>
  linkTemplate.replaceAll('{leadId}', () => encodeURIComponent(leadId));

// A name of more characters is cut. Slack counts the characters after they are escaped.
const mostOfName = 150;
const mostOfLink = 1_000;

/** Returns who a lead is in Slack's markup: bold, and with a link if there is one. */
export const showWho = (lead: Known, naming: NamingOptions): string => {
  const shown = escapeText(findWho(lead, naming), mostOfName);
  const link = naming.linkTemplate === undefined ? '' : linkTo(lead.leadId, naming.linkTemplate);
  if (link === '' || link.length > mostOfLink) return `*${shown}*`;
  // A bar separates the address of a link from its text.
  return `*<${escapeText(link, 5 * mostOfLink)}|${shown.replaceAll('|', '¦')}>*`;
};

/** Lists the attributes that its subscription names beside the name and the company, with their values. */
export const listFurther = ({ attributes = {} }: Known, { name, company }: NamingOptions): string[] =>
  Object.entries(attributes)
    .filter(([attribute]) => attribute !== company && !name.includes(attribute))
    .map(([attribute, value]) => ({ attribute, shown: showValue(value) }))
    .filter(({ shown }) => shown !== '')
    .map(({ attribute, shown }) => `${attribute}: ${shown}`);
