import type { Options } from './options.ts';
import type { Target } from './target.ts';
import { awsTarget } from './targets/aws.ts';
import { emulatorTarget } from './targets/emulator.ts';
import { localTarget } from './targets/local.ts';

/** Opens the target that the options name. @throws EndToEndError `SETUP_FAILED` with nothing left running */
export const openTarget = (options: Options, onProgress: (text: string) => void): Promise<Target> => {
  const { keep } = options;
  switch (options.target) {
    case 'local':
      return localTarget({ onProgress, keep });
    case 'emulator':
      return emulatorTarget({ onProgress, keep });
    case 'aws':
      return awsTarget({ outputsFile: options.outputs, tokensFile: options.tokens });
    default:
      return options.target satisfies never;
  }
};
