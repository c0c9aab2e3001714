import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from "react";
import { Notice } from "./notice";

interface DialogProps {
  readonly title: string;
  /** What the button that does it says. */
  readonly action: string;
  /** Whether what it does cannot be taken back. Default false. */
  readonly isDangerous?: boolean;
  /** Does it; what it throws is shown, and the dialog stays. */
  readonly onSubmit: (form: FormData) => Promise<void>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** Asks for something, in the way of everything else: a modal dialog of the browser's own, so Escape and focus work as they should. */
export function Dialog({ title, action, isDangerous = false, onSubmit, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => dialog.current!.showModal(), []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsBusy(true);
    setProblem(undefined);
    try {
      await onSubmit(new FormData(event.currentTarget));
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setIsBusy(false);
    }
  }

  return (
    <dialog ref={dialog} aria-labelledby={heading} onClose={onClose}>
      <form onSubmit={event => void submit(event)}>
        <h2 id={heading}>{title}</h2>
        {children}
        {problem && <Notice>{problem}</Notice>}
        <div className="row end">
          <button type="button" onClick={onClose}>Cancel</button>
          <button className={isDangerous ? "danger" : "primary"} disabled={isBusy}>{action}</button>
        </div>
      </form>
    </dialog>
  );
}
