/** A text in Slack's markup. `verbatim` keeps Slack from making mentions and links of words in it. */
interface MarkupText {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

type Block =
  | { readonly type: 'section'; readonly text: MarkupText }
  | { readonly type: 'context'; readonly elements: readonly MarkupText[] };

/** The body of a request to an incoming webhook. `text` is shown in notifications, the blocks in the channel. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** The limits of Slack: the characters of a text, and the blocks of a message. */
export const slackLimits = { text: 3_000, blocks: 50 } as const;

const markup = (text: string): MarkupText => ({ type: 'mrkdwn', text, verbatim: true });

export const section = (text: string): Block => ({ type: 'section', text: markup(text) });

export const context = (text: string): Block => ({ type: 'context', elements: [markup(text)] });

/** Returns a message without previews of pages that it links to. */
export const buildMessage = (text: string, blocks: readonly Block[]): SlackMessage => ({
  text,
  blocks,
  unfurl_links: false,
  unfurl_media: false,
});
