import type { Command } from 'commander';
import { askNext, whatWouldHaveToBeTrue } from '../../shared/advice/index.ts';
import { asOfRecord } from '../../shared/as-of/index.ts';
import { labelQuestion, labelRequirements } from '../advice/labels.ts';
import { adviceWords } from '../advice/words.ts';
import { readLeadAsOf } from '../as-of/read-lead-as-of.ts';
import { timeWords } from '../as-of/words.ts';
import { standingWords } from '../explain/standing-words.ts';
import { print, printJson } from '../output/print.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { leadRecord } from '../table/lead-record.ts';
import { parseDayOrInstant } from '../text/parse-instant.ts';
import { withConnectionOptions } from './connection.ts';
import { aboutAt, wholeNumber } from './options.ts';

interface NextOptions extends ConnectOptions {
  readonly at?: number;
  readonly model?: string;
  readonly limit: number;
  readonly json?: true;
}

export const addNext = (program: Command): void => {
  withConnectionOptions(
    program
      .command('next')
      .description('show what to ask a lead next, and what would have to be true for the next tier')
      .argument('<lead-id>', 'the lead')
      .option('--at <when>', aboutAt, parseDayOrInstant)
      .option('--model <file>', 'the file of the model that scored the lead, in place of the stored one')
      .option(
        '--limit <number>',
        'the most questions, and the most sets of changes',
        wholeNumber(1, 1_000),
        10,
      )
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(async (leadId: string, options: NextOptions) => {
    const { limit } = options;
    const lead = await withConnection(options, (connection) => readLeadAsOf(connection, leadId, options));
    const { state, model } = lead;
    const next = askNext(model, state);
    const requirements = whatWouldHaveToBeTrue(model, state, { limit });
    if (options.json) {
      const { present: _, ...required } = labelRequirements(requirements);
      printJson({
        ...leadRecord(state),
        ...asOfRecord(lead),
        action: state.action,
        questions: next.questions.slice(0, limit).map(labelQuestion),
        confirm: next.confirm.slice(0, limit),
        requirements: required,
      });
      return;
    }
    print([...standingWords(state, timeWords(lead)), '', ...adviceWords(model, next, requirements, limit)]);
  });
};
