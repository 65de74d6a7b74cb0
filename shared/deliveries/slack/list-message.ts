import { buildMessage, context, type SlackMessage, section, slackLimits } from './blocks.ts';
import { describeNews } from './describe-news.ts';
import { escapeText } from './escape.ts';
import type { NewsDelivery } from './lead-message.ts';
import { showInstant } from './show-instant.ts';
import { findWho, type NamingOptions, showWho } from './show-lead.ts';

/** The most leads of one message, which names each of them. */
export const mostNamed = 20;

const most = { line: 500, sentence: 200, fallback: 500 };

/** Returns a lead in one line. A long link is left out, so that 20 lines stay below what Slack takes as a whole. */
const showLine = ({ delivery, news }: NewsDelivery, naming: NamingOptions): string => {
  const happened = escapeText(describeNews(news), most.sentence);
  const line = `• ${showWho(delivery, naming)} ${happened}`;
  return line.length <= most.line
    ? line
    : `• ${showWho(delivery, { ...naming, linkTemplate: undefined })} ${happened}`;
};

/** Joins lines to as few texts as Slack's limit allows. */
const joinLines = (lines: readonly string[]): string[] => {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    const isFull = last === undefined || last.length + line.length + 1 > slackLimits.text;
    if (isFull) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  return texts;
};

const isHandoff = ({ news }: NewsDelivery): boolean => news.type === 'HandoffRequested';

/** Builds one message about several leads. Hand-offs come first, since somebody has to answer them. */
export const buildListMessage = (
  deliveries: readonly NewsDelivery[],
  naming: NamingOptions,
): SlackMessage => {
  const sorted = deliveries.toSorted((a, b) => Number(isHandoff(b)) - Number(isHandoff(a)));
  const names = sorted.map(({ delivery }) => findWho(delivery, naming)).join('; ');
  const latest =
    deliveries
      .map(({ delivery }) => delivery.occurredAt)
      .toSorted()
      .at(-1) ?? '';
  return buildMessage(escapeText(`News of ${sorted.length} leads: ${names}`, most.fallback), [
    section(`*News of ${sorted.length} leads*`),
    ...joinLines(sorted.map((delivery) => showLine(delivery, naming))).map(section),
    context(`as of ${showInstant(latest)}`),
  ]);
};
