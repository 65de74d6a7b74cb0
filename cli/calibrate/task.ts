import type { Task } from '../../shared/outcomes/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';

/** A task as plain data, which may pass between threads: with the document of the model in place of the compiled one. */
export interface PlainTask extends Omit<Task, 'model'> {
  readonly document: ModelDocument;
}
