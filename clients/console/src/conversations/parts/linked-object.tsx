import type { ExternalObject } from "realtime-sessions";
import { Link } from "wouter";
import { targetOf } from "../data/links";

/** What a conversation is linked with, as a link where it leads somewhere. */
export function LinkedObject({ object }: { readonly object: ExternalObject }) {
  const target = targetOf(object);
  if (target.kind === "session") return <Link className="chip link" href={target.address} title={object.id}>Session: {object.name}</Link>;
  if (target.kind === "web") return <a className="chip link" href={target.address} target="_blank" rel="noopener noreferrer" title={target.address}>{object.name}</a>;
  return <span className="chip" title={object.id}>{object.name}</span>;
}
