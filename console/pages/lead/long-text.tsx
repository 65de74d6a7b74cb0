import { texts } from '../../texts/texts.ts';

/** The most characters that are shown at once. */
const mostShown = 240;

/** Returns the beginning of a text, without cutting a character in two. */
export const clip = (text: string, most = mostShown): string => {
  if (text.length <= most) return text;
  return `${Array.from(text.slice(0, most)).slice(0, -1).join('')}…`;
};

/** Shows a text that somebody else has written: it stays text, keeps its direction to itself, and opens if it is long. */
export const LongText = ({ text }: { readonly text: string }) =>
  text.length <= mostShown ? (
    <bdi>{text}</bdi>
  ) : (
    <details class="long-text">
      <summary>
        <bdi>{clip(text)}</bdi> <span class="link-like">{texts.value.lead.showAll}</span>
      </summary>
      <bdi>{text}</bdi>
    </details>
  );
