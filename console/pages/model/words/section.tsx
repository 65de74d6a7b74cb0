import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface SectionProps {
  readonly title: string;
  /** A sentence about the section. */
  readonly hint?: string;
  readonly children: ComponentChildren;
}

/** Shows a part of a model with its heading. */
export const Section = ({ title, hint, children }: SectionProps) => {
  const id = useId();
  return (
    <section class="card model-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint !== undefined && <p class="muted">{hint}</p>}
      {children}
    </section>
  );
};
