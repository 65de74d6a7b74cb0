import type { ComponentChildren } from 'preact';

interface ScrollProps {
  /** The name of what is scrolled. */
  readonly label: string;
  readonly children: ComponentChildren;
}

/** Lets wide content, such as a table on a narrow screen, be scrolled sideways, also by the keyboard. */
export const Scroll = ({ label, children }: ScrollProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus, the keyboard can't scroll it
  <section class="scroll" aria-label={label} tabIndex={0}>
    {children}
  </section>
);
