import { describeReason } from '../news/describe-reason.ts';
import type { LeadNews } from '../news/lead-news.ts';
import type { ReadyDelivery } from '../target.ts';
import { buildMessage, context, type SlackMessage, section } from './blocks.ts';
import { describeNews } from './describe-news.ts';
import { escapeText } from './escape.ts';
import { showInstant } from './show-instant.ts';
import { findWho, listFurther, type NamingOptions, showWho } from './show-lead.ts';

/** A delivery with the news of a lead that it contains. */
export interface NewsDelivery {
  readonly delivery: ReadyDelivery;
  readonly news: LeadNews;
}

const mostReasons = 3;
const most = { sentence: 1_000, reason: 600, question: 500, further: 1_000, fallback: 500 };

/** Lists the reasons that weigh most, the strongest first. */
const listReasons = ({ data }: LeadNews): string[] => {
  const reasons = ('reasons' in data ? data.reasons : undefined) ?? [];
  return reasons
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, mostReasons)
    .map((reason) => `• ${escapeText(describeReason(reason), most.reason)}`);
};

const findQuestion = ({ data }: LeadNews): string | undefined =>
  'question' in data ? data.question?.text : undefined;

const describeContext = (delivery: ReadyDelivery, naming: NamingOptions): string => {
  const asOf = `lead ${delivery.leadId} · as of ${showInstant(delivery.occurredAt)}`;
  const further = escapeText(listFurther(delivery, naming).join(' · '), most.further);
  return further === '' ? escapeText(asOf, most.further) : `${further} · ${escapeText(asOf, most.further)}`;
};

/** Builds the message about one lead: who, what happened, why, what to ask next, and as of when. */
export const buildLeadMessage = ({ delivery, news }: NewsDelivery, naming: NamingOptions): SlackMessage => {
  const happened = describeNews(news);
  const reasons = listReasons(news);
  const question = findQuestion(news);
  return buildMessage(escapeText(`${findWho(delivery, naming)} ${happened}`, most.fallback), [
    section(`${showWho(delivery, naming)} ${escapeText(happened, most.sentence)}`),
    ...(reasons.length === 0 ? [] : [section(`*The strongest reasons*\n${reasons.join('\n')}`)]),
    ...(question === undefined
      ? []
      : [section(`*Worth asking next*\n${escapeText(question, most.question)}`)]),
    context(describeContext(delivery, naming)),
  ]);
};
