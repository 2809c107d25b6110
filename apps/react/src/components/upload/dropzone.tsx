import { formatBytes } from '@taskwire/web-kit';
import { useState, type DragEvent, type ReactNode } from 'react';

interface DropzoneProps {
  file: File | undefined;
  accept: string;
  hint: string;
  isDisabled: boolean;
  onChoose: (file: File) => void;
}

/** A file input that also accepts dropped files. */
export function Dropzone({ file, accept, hint, isDisabled, onChoose }: DropzoneProps): ReactNode {
  const [isOver, setIsOver] = useState(false);
  const choose = (files: FileList | null): void => {
    const first = files?.[0];
    if (first !== undefined && !isDisabled) onChoose(first);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    choose(event.dataTransfer.files);
  };
  const dragOver = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(true);
  };
  const look = isOver ? 'dropzone--over' : file === undefined ? '' : 'dropzone--chosen';
  return (
    <label className={`dropzone ${look}`} onDragOver={dragOver} onDragLeave={() => setIsOver(false)} onDrop={drop}>
      <input
        className="dropzone__input"
        type="file"
        accept={accept}
        disabled={isDisabled}
        aria-describedby="upload-hint"
        data-testid="file-input"
        onChange={(event) => {
          choose(event.target.files);
          event.target.value = '';
        }}
      />
      <span className="dropzone__title">{file === undefined ? 'Drop a document here, or choose one' : file.name}</span>
      <span className="dropzone__hint" id="upload-hint">
        {file === undefined ? hint : `${formatBytes(file.size)} · choose another`}
      </span>
    </label>
  );
}
