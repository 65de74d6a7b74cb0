type WebhookUrl =
  | { readonly kind: 'usable'; readonly url: string }
  | { readonly kind: 'unusable'; readonly reason: string };

/** The beginning of the addresses of Slack's incoming webhooks: its own service, and the one for governments. */
const slackForm = /^https:\/\/hooks\.slack(?:-gov)?\.com\/(services\/[A-Za-z0-9/]{1,200})$/;

/** Returns whether a secret is the URL of an incoming webhook of Slack. */
export const isWebhookUrl = (secret: string): boolean => slackForm.test(secret);

/** Finds the address to post to in the secrets of a subscription. `baseUrl` takes the place of Slack's host in tests. */
export const findWebhookUrl = (secrets: readonly string[], baseUrl?: string): WebhookUrl => {
  const [newest] = secrets;
  if (newest === undefined) return { kind: 'unusable', reason: 'the subscription has no secret' };
  const path = slackForm.exec(newest.trim())?.[1];
  if (path === undefined)
    return { kind: 'unusable', reason: "the subscription's secret is no URL of a Slack incoming webhook" };
  return {
    kind: 'usable',
    url: baseUrl === undefined ? newest.trim() : `${baseUrl.replace(/\/$/, '')}/${path}`,
  };
};
