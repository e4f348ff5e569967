import { endingOf, kindOf } from './kinds';

export function FileIcon({ file }: { file: { readonly mime?: string; readonly name: string } }) {
  return (
    <span className="file-icon" data-kind={kindOf(file)} aria-hidden="true">
      {endingOf(file.name)}
    </span>
  );
}
