import type { ReactNode } from "react";
import { Notice } from "../design/notice";
import type { ConnectionStatus } from "./use-connection";

const labels: Readonly<Record<ConnectionStatus, string>> = {
  disconnected: "Not connected", connecting: "Connecting", connected: "Connected", reconnecting: "Reconnecting", closed: "Closed", ended: "Sign-in ended",
};

/** Whether there is a connection with the server. */
export function ConnectionLight({ status }: { readonly status: ConnectionStatus }) {
  return <span className="light" data-state={status} role="status">{labels[status]}</span>;
}

/** What it means to whoever works here that there is none, above the page. */
export function ConnectionBanner({ status, onSignIn }: { readonly status: ConnectionStatus; readonly onSignIn: () => void }): ReactNode {
  if (status === "reconnecting") return <div className="banner"><Notice kind="hint">The connection was lost. What you change is kept, and sent when it is back.</Notice></div>;
  if (status !== "ended") return null;
  return (
    <div className="banner">
      <Notice>Your sign-in has ended. Nothing is sent until you have signed in again.</Notice>
      <button className="primary" onClick={onSignIn}>Sign in again</button>
    </div>
  );
}
