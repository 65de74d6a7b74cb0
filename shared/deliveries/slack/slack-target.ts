import { findLeadNews } from '../news/lead-news.ts';
import type { AttemptResult, CreateTarget, ReadyDelivery } from '../target.ts';
import { createCooldown } from './cooldown.ts';
import { buildLeadMessage, type NewsDelivery } from './lead-message.ts';
import { buildListMessage, mostNamed } from './list-message.ts';
import { readAnswer } from './read-answer.ts';
import { fillNaming } from './show-lead.ts';
import { findWebhookUrl } from './webhook-url.ts';

/** The bytes of an answer that are read: an error of Slack is one word. */
const mostAnswerBytes = 200;

const otherNews: AttemptResult = { kind: 'skipped', reason: 'not about a lead' };

const toNewsDelivery = (delivery: ReadyDelivery): NewsDelivery | undefined => {
  const news = findLeadNews(delivery);
  return news && { delivery, news };
};

/**
 * Creates the target that posts to a channel of Slack. It is called once a second at most, which is the rate that Slack
 * takes: what has come in the meantime becomes one message, and what that has no room for the next one.
 */
export const createSlackTarget: CreateTarget = (
  { name, secret, target: options },
  { http, memory, secrets },
) => {
  if (options.kind !== 'slack') throw new TypeError(`the target of ${name} is ${options.kind}, not slack`);
  const naming = fillNaming(options);
  const cooldown = createCooldown(memory, options.cooldownHours);

  const post = async (deliveries: readonly NewsDelivery[]): Promise<AttemptResult> => {
    const [first] = deliveries;
    if (first === undefined) return otherNews;
    const url = findWebhookUrl(await secrets.read(secret), options.baseUrl);
    if (url.kind === 'unusable') return { kind: 'retry', reason: url.reason };
    const message =
      deliveries.length === 1 ? buildLeadMessage(first, naming) : buildListMessage(deliveries, naming);
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    return readAnswer(
      await http.send({ url: url.url, headers, body: JSON.stringify(message), mostAnswerBytes }),
    );
  };

  const deliver = async (deliveries: readonly ReadyDelivery[]): Promise<readonly AttemptResult[]> => {
    const checked = await Promise.all(
      deliveries.map(async (delivery) => {
        const news = toNewsDelivery(delivery);
        if (news === undefined) return { end: otherNews };
        const end = await cooldown.check(news);
        return end === undefined ? { news } : { end };
      }),
    );
    const toPost = checked.flatMap(({ news }) => (news === undefined ? [] : [news]));
    const result = await post(toPost);
    if (result.kind === 'delivered') await Promise.all(toPost.map(cooldown.start));
    return checked.map(({ end }) => end ?? result);
  };

  return { deliver, most: mostNamed, perSecond: 1, inOneRequest: true };
};
