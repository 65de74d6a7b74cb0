/** The most characters of a text that are shown at once. */
export const mostShown = 240;

/** Returns the beginning of a text, without cutting a character in two. */
export const clip = (text: string, most = mostShown): string => {
  if (text.length <= most) return text;
  return `${Array.from(text.slice(0, most)).slice(0, -1).join('')}…`;
};

interface ClippedProps {
  readonly text: string;
  /** The most characters that are shown. */
  readonly most: number;
}

/** Shows the beginning of a text that somebody else has written. One that is cut can be read as the title. */
export const Clipped = ({ text, most }: ClippedProps) => (
  <bdi {...(text.length > most && { title: text })}>{clip(text, most)}</bdi>
);
