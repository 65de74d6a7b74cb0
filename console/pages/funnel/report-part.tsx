import type { ComponentChildren } from 'preact';
import type { Answer } from '../../api/call.ts';

export type ReportAnswer = Answer<'getReport'>;

interface PartProps {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly children: ComponentChildren;
}

/** A part of the report with its heading, and a sentence that says how its figures come about. */
export const ReportPart = ({ id, title, hint, children }: PartProps) => (
  <section class="card" aria-labelledby={id}>
    <h3 id={id}>{title}</h3>
    {children}
    <p class="muted">{hint}</p>
  </section>
);
