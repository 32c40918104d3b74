import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLibraryActions } from '../features/library/use-library-actions.ts';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Files dropped anywhere on the window are imported; while they hover, the window says so. */
export function DropZone() {
  const [hovering, setHovering] = useState(false);
  const { importDropped } = useLibraryActions();
  useEffect(() => {
    const stop = new AbortController();
    const on = (type: 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void): void =>
      window.addEventListener(type, listener, { signal: stop.signal });
    on('dragover', (event) => {
      event.preventDefault(); // otherwise a drop would leave the workbench for the file
      if (event.dataTransfer) event.dataTransfer.dropEffect = hasFiles(event) ? 'copy' : 'none';
      setHovering(hasFiles(event));
    });
    on('dragleave', (event) => {
      if (event.relatedTarget === null) setHovering(false);
    });
    on('drop', (event) => {
      event.preventDefault();
      setHovering(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) importDropped(files);
    });
    return () => stop.abort();
  }, [importDropped]);
  return hovering ? (
    <div className="drop-overlay">
      <p>
        <FileDown size={24} aria-hidden />
        Drop to import
      </p>
    </div>
  ) : null;
}
