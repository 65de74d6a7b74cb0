import { Command, type ErrorOptions } from 'commander';
import { note, print } from './output/print.ts';
import { printable } from './output/printable.ts';

/** Commander ends its texts with a line break, and its help has many lines. */
const toLines = (text: string): string[] => text.replace(/\n$/, '').split('\n');

/** A command whose help and errors leave through the same output as everything else, and whose errors are thrown. */
export class SluiceCommand extends Command {
  constructor(name?: string) {
    super(name);
    this.exitOverride()
      .showHelpAfterError('(see --help)')
      .configureOutput({
        writeOut: (text) => print(toLines(text)),
        writeErr: (text) => note(toLines(text)),
      });
  }

  override createCommand(name?: string): Command {
    return new SluiceCommand(name);
  }

  /**
   * Fails with an error of commander's. A line break in it came with an argument, but for the one before a suggestion.
   * An id may begin with `-`, as options do.
   */
  override error(message: string, options?: ErrorOptions): never {
    const [, text = message, suggestion = ''] =
      /^(.*?)(\n\(Did you mean [\w ,-]+\?\))?$/s.exec(message) ?? [];
    const mayBeArgument = options?.code === 'commander.unknownOption' && this.registeredArguments.length > 0;
    const hint = mayBeArgument
      ? '; if it is an argument that begins like an option, write `--` before it'
      : '';
    return super.error(`${printable(text)}${hint}${suggestion}`, options);
  }
}
