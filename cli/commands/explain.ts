import type { Command } from 'commander';
import { askNext, listWithoutPoints } from '../../shared/advice/index.ts';
import { asOfRecord, leadRecord } from '../../shared/as-of/index.ts';
import { explain, instantOf } from '../../shared/scoring/index.ts';
import { askNextWords } from '../advice/ask-next-words.ts';
import { readLeadAsOf } from '../as-of/read-lead-as-of.ts';
import { timeWords } from '../as-of/words.ts';
import { withoutPointsWords } from '../explain/without-points-words.ts';
import { explainInWords } from '../explain/words.ts';
import { heading, indented } from '../output/line.ts';
import { print, printJson } from '../output/print.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { parseDayOrInstant } from '../text/parse-instant.ts';
import { withConnectionOptions } from './connection.ts';
import { aboutAt } from './options.ts';

/** The number of questions shown; `sluice next` shows all. */
const questionsShown = 3;

/** The most facts without points that are listed. */
const mostWithoutPoints = 8;

interface ExplainOptions extends ConnectOptions {
  readonly at?: number;
  readonly model?: string;
  readonly json?: true;
}

export const addExplain = (program: Command): void => {
  withConnectionOptions(
    program
      .command('explain')
      .description('show where the score of a lead comes from, and what could raise it')
      .argument('<lead-id>', 'the lead')
      .option('--at <when>', aboutAt, parseDayOrInstant)
      .option('--model <file>', 'the file of the model that scored the lead, in place of the stored one')
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(async (leadId: string, options: ExplainOptions) => {
    const lead = await withConnection(options, (connection) => readLeadAsOf(connection, leadId, options));
    const { state, model } = lead;
    const explanation = explain(model, state.facts, state.stage, instantOf(state.facts));
    const withoutPoints = listWithoutPoints(model, state.facts, explanation.counted);
    if (options.json) {
      printJson({
        ...leadRecord(state),
        ...asOfRecord(lead),
        action: state.action,
        ...(state.heldBack !== undefined && { heldBack: state.heldBack }),
        ...(state.overridden !== undefined && { overridden: state.overridden }),
        ...(state.actionsWait !== undefined && { actionsWait: state.actionsWait }),
        explanation,
        withoutPoints,
      });
      return;
    }
    const next = askNextWords(model, askNext(model, state), questionsShown);
    print([
      ...explainInWords(state, explanation, { time: timeWords(lead) }),
      ...withoutPointsWords(withoutPoints, mostWithoutPoints),
      '',
      heading('What to ask next:'),
      ...indented(next),
    ]);
  });
};
