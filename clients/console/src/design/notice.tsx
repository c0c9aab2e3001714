import type { ReactNode } from "react";

interface NoticeProps {
  /** Default `problem`. */
  readonly kind?: "problem" | "hint";
  readonly children: ReactNode;
  /** Where it can be sent away. */
  readonly onDismiss?: () => void;
}

/** Says something that should be seen. A problem is read out at once. */
export function Notice({ kind = "problem", children, onDismiss }: NoticeProps) {
  return (
    <div className={`notice ${kind}`} role={kind === "problem" ? "alert" : "status"}>
      <span>{children}</span>
      {onDismiss && <button className="quiet" aria-label="Dismiss" onClick={onDismiss}>×</button>}
    </div>
  );
}
