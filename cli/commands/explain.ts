import type { Command } from 'commander';
import { askNext, listWithoutPoints } from '../../shared/advice/index.ts';
import { explain } from '../../shared/scoring/index.ts';
import { askNextWords } from '../advice/ask-next-words.ts';
import { withoutPointsWords } from '../explain/without-points-words.ts';
import { explainInWords } from '../explain/words.ts';
import { heading, indented } from '../output/line.ts';
import { print, printJson } from '../output/print.ts';
import type { ConnectOptions } from '../stack/connect.ts';
import { leadRecord } from '../table/lead-record.ts';
import { withConnectionOptions } from './connection.ts';
import { assertScoredBy, loadScored } from './scored-lead.ts';

/** The number of questions shown; `sluice next` shows all. */
const questionsShown = 3;

/** The most facts without points that are listed. */
const mostWithoutPoints = 8;

interface ExplainOptions extends ConnectOptions {
  readonly model?: string;
  readonly json?: true;
}

export const addExplain = (program: Command): void => {
  withConnectionOptions(
    program
      .command('explain')
      .description('show where the score of a lead comes from, and what could raise it')
      .argument('<lead-id>', 'the lead')
      .option('--model <file>', 'the file of the model that scored the lead, in place of the stored one')
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(async (leadId: string, options: ExplainOptions) => {
    const { state, model } = await loadScored(options, leadId);
    const explanation = explain(model, state.facts, state.stage, state.facts.seen);
    assertScoredBy(model, state, explanation.score);
    const withoutPoints = listWithoutPoints(model, state.facts, explanation.counted);
    if (options.json) {
      printJson({ ...leadRecord(state), action: state.action, explanation, withoutPoints });
      return;
    }
    const next = askNextWords(model, askNext(model, state), questionsShown);
    print([
      ...explainInWords(state, explanation),
      ...withoutPointsWords(withoutPoints, mostWithoutPoints),
      '',
      heading('What to ask next:'),
      ...indented(next),
    ]);
  });
};
