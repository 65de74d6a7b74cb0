import { buildWebhookBody, type Delivery, type SubscriptionState } from '../../shared/deliveries/index.ts';
import { heading, indented, type Line, styled, type Table, verbatim } from '../output/line.ts';
import { table } from '../output/table.ts';
import type { KnownSubscription } from './list-subscriptions.ts';

const minute = (instant: string | undefined): string =>
  instant === undefined ? '–' : instant.slice(0, 16).replace('T', ' ');

/** Says how a subscription stands in a few words. */
const standingWords = ({ paused, openUntil, failures, openings }: SubscriptionState, now: number): string => {
  if (paused !== undefined) return `paused: ${paused.reason}`;
  if (openUntil !== undefined && Date.parse(openUntil) > now) return `held until ${minute(openUntil)}`;
  if (openings > 0) return 'about to try again';
  return failures > 0 ? `sending, ${failures} failed` : 'sending';
};

/** Returns subscriptions as a table for people. */
export const formatSubscriptions = (subscriptions: readonly KnownSubscription[], now: number): Table =>
  table(
    [
      ['subscription', 'state', 'waiting', 'delivered', 'failed', 'superseded', 'last delivered'],
      ...subscriptions.map(({ name, counts, standing }) => [
        name,
        standing.paused === undefined
          ? standingWords(standing, now)
          : styled(standingWords(standing, now), 'red'),
        counts.waiting,
        counts.delivered,
        counts.failed,
        counts.superseded,
        minute(standing.lastDeliveredAt),
      ]),
    ],
    [{ least: 'whole' }, { least: 'whole' }],
  );

/** Returns deliveries as a table for people. */
export const formatDeliveries = (deliveries: readonly Delivery[]): Table =>
  table(
    [
      ['id', 'lead', 'version', 'type', 'state', 'attempts', 'ended or due', 'last answer'],
      ...deliveries.map(({ eventId, leadId, version, type, state, attempts, time, reason }) => [
        eventId.slice(0, 12),
        leadId,
        version,
        type,
        state,
        attempts.length,
        minute(time),
        reason ?? attempts.at(-1)?.reason ?? attempts.at(-1)?.status ?? '–',
      ]),
    ],
    [{ least: 'whole' }, { least: 'whole' }],
  );

/** Returns how a subscription stands, line by line. */
export const formatStanding = (name: string, standing: SubscriptionState, now: number): Line[] => {
  const { paused, lastDeliveredAt, lastFailure, failures, failingSince } = standing;
  return [
    heading(name),
    ...indented([
      standingWords(standing, now),
      ...(paused === undefined
        ? []
        : [`paused since ${minute(paused.at)}; \`sluice deliveries resume ${name}\` sends what waits`]),
      `last delivered: ${minute(lastDeliveredAt)}`,
      ...(lastFailure === undefined
        ? []
        : [`last failure: ${minute(lastFailure.at)}, ${lastFailure.reason}`]),
      ...(failures === 0 ? [] : [`failures in a row: ${failures}, since ${minute(failingSince)}`]),
    ]),
  ];
};

/** Returns a delivery with its attempts and the body that is sent, line by line. */
export const formatDelivery = (delivery: Delivery): Line[] => {
  const { eventId, leadId, version, type, state, time, plannedAt, attempts, reason, erased } = delivery;
  return [
    heading(eventId),
    ...indented([
      `${type} of ${leadId}, version ${version}`,
      `${state} ${state === 'waiting' ? 'for' : 'since'} ${minute(time)}${reason === undefined ? '' : `: ${reason}`}`,
      `planned at ${minute(plannedAt)}`,
    ]),
    heading('attempts'),
    ...indented(
      attempts.length === 0
        ? ['none']
        : attempts.map(
            ({ at, ms, result, status, reason: why }) =>
              `${at}  ${result}${status === undefined ? '' : ` ${status}`}, ${ms} ms${why === undefined ? '' : `: ${why}`}`,
          ),
    ),
    heading('body'),
    ...(erased
      ? indented(['It was erased with its lead.'])
      : [verbatim(buildWebhookBody(delivery)), 'Attributes are not stored: they are read when it is sent.']),
  ];
};
