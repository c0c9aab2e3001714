import type { ReactNode } from "react";
import { ApiError } from "../api/api";
import { Notice } from "../design/notice";
import { useAsked } from "../lib/use-asked";
import { useDirectory } from "./data/directory";
import type { Person } from "./data/resources";

/** What is there only where the server has conversations; where it has none, a sentence says so. */
export function WhereEnabled({ children }: { readonly children: (self: Person) => ReactNode }) {
  const directory = useDirectory();
  const { answer, problem } = useAsked<Person | "disabled">(() => directory.self().catch(disabled), [directory]);
  if (answer === "disabled") return <p className="message">This server has no conversations: its setting <code>Conversations:Enabled</code> is false.</p>;
  if (answer) return children(answer);
  return problem ? <div className="page"><Notice>{problem}</Notice></div> : <p className="message" role="status">Loading …</p>;
}

/** Nothing is at the address then. */
function disabled(error: unknown): "disabled" {
  if (error instanceof ApiError && error.code === "not_found") return "disabled";
  throw error;
}
