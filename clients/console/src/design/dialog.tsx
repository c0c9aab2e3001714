import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from "react";
import { giveBackFocus } from "./give-back-focus";
import { Notice } from "./notice";

interface DialogProps<T> {
  readonly title: string;
  /** What the button that does it says. */
  readonly action: string;
  /** Whether what it does cannot be taken back. Default false. */
  readonly isDangerous?: boolean;
  /** Does it; what it throws is shown, and the dialog stays. It cannot be closed meanwhile. */
  readonly onSubmit: (form: FormData) => Promise<T>;
  /** It is done, and one is still there: where the page has gone meanwhile, with the dialog, it is not called. */
  readonly onDone?: ((done: T) => void) | undefined;
  /** It was closed. */
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** Asks for something, in the way of everything else: a modal dialog of the browser's own. What has opened it gets the focus back. */
export function Dialog<T = void>({ title, action, isDangerous = false, onSubmit, onDone, onClose, children }: DialogProps<T>) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Before a field of the dialog takes it.
  const [opener] = useState(() => document.activeElement);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    dialog.current!.showModal();
    return () => giveBackFocus(opener);
  }, [opener]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsBusy(true);
    setProblem(undefined);
    try {
      const done = await onSubmit(new FormData(event.currentTarget));
      if (!dialog.current) return;
      onDone?.(done);
      dialog.current.close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setIsBusy(false);
    }
  }

  return (
    <dialog ref={dialog} aria-labelledby={heading} closedby={isBusy ? "none" : "closerequest"} onCancel={event => isBusy && event.preventDefault()} onClose={onClose}>
      <form onSubmit={event => void submit(event)}>
        <h2 id={heading}>{title}</h2>
        {children}
        {problem && <Notice>{problem}</Notice>}
        <div className="row end">
          <button type="button" disabled={isBusy} onClick={() => dialog.current!.close()}>Cancel</button>
          <button className={isDangerous ? "danger" : "primary"} disabled={isBusy}>{action}</button>
        </div>
      </form>
    </dialog>
  );
}
