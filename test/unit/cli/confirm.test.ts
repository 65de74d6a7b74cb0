import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { confirm } from '../../../cli/close/confirm.ts';

const typing = (text: string | undefined, isTTY = true) => {
  const input = Object.assign(new PassThrough(), { isTTY });
  input.end(text);
  return input;
};

describe('the confirmation of what can not be undone', () => {
  it('is the id of the lead that goes, and nothing else', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(confirm('l-1', 'l-1 is erased', typing(' l-1 \n'))).resolves.toBeUndefined();
    for (const text of ['y\n', 'yes\n', 'l-2\n', 'L-1\n', '\nl-1\n', '', undefined])
      await expect(confirm('l-1', 'l-1 is erased', typing(text))).rejects.toMatchObject({
        code: 'NOT_CONFIRMED',
      });
  });

  it('is not read from a pipe, whatever is in it', async () => {
    await expect(confirm('l-1', 'l-1 is erased', typing('l-1\n', false))).rejects.toThrow(
      'there is no terminal to ask at; --yes confirms that l-1 is erased',
    );
  });
});
