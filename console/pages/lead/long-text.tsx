import { clip, mostShown } from '../../parts/clipped.tsx';
import { texts } from '../../texts/texts.ts';

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
