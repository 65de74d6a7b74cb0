import { texts } from '../../../texts/texts.ts';

interface FileButtonsProps {
  readonly name: string;
  readonly text: string;
  readonly onLoad: (name: string, text: string) => void;
  readonly onDownload: () => void;
}

const download = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

/** Loads the draft from a file of this machine, and saves it as one. */
export const FileButtons = ({ name, text, onLoad, onDownload }: FileButtonsProps) => {
  const t = texts.value.model.editor;
  const load = async (input: HTMLInputElement): Promise<void> => {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    onLoad(file.name, await file.text());
    // The same file can be chosen again after it has changed.
    input.value = '';
  };
  return (
    <>
      <label class="file">
        {t.load}
        <input
          type="file"
          class="visually-hidden"
          accept=".json,application/json"
          onChange={({ currentTarget }) => void load(currentTarget)}
        />
      </label>
      <button
        type="button"
        class="secondary"
        onClick={() => {
          download(name, text);
          onDownload();
        }}
      >
        {t.download}
      </button>
    </>
  );
};
