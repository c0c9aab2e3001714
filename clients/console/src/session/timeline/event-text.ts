import type { Json, SessionEvent } from "realtime-sessions";
import { isObject, pointerOf } from "../data/paths";

/** What kinds of events there are, in words. */
export const kinds = {
  session_created: "created",
  session_updated: "renamed",
  session_properties_updated: "properties",
  session_data_updated: "patch",
  session_participant_added: "joined",
  session_participant_removed: "removed",
  session_event_created: "event",
  session_closed: "closed",
} as const satisfies Record<SessionEvent["eventType"], string>;

/** How much of an event a line shows, in characters. */
const shown = 160;

/** What an event did, in a line. */
export function summaryOf(event: SessionEvent): string {
  switch (event.eventType) {
    case "session_created": return `“${event.session.name}” was created`;
    case "session_updated": return Object.entries(event.session).map(([name, value]) => `${name}: ${value}`).join(", ");
    case "session_properties_updated": return cut(Object.entries(event.session.properties).map(([name, value]) => `${name} = ${value}`).join(", ") || "none");
    case "session_data_updated": return cut(patchText(event.data));
    case "session_participant_added": return nameOf(event.participant) + (event.participant.role ? ` as ${event.participant.role}` : "");
    case "session_participant_removed": return nameOf(event.participant);
    case "session_event_created": return cut(event.data === undefined ? event.name : `${event.name} ${JSON.stringify(event.data)}`);
    case "session_closed": return "The session was closed";
  }
}

/** The first places that a patch touches, with their values. */
function patchText(patch: Json, pointer = ""): string {
  if (!isObject(patch) || Object.keys(patch).length === 0) return patch === null ? `${pointer} removed` : `${pointer} = ${JSON.stringify(patch)}`;
  const texts: string[] = [];
  let length = 0;
  for (const [name, value] of Object.entries(patch)) {
    texts.push(patchText(value, pointer + pointerOf([name])));
    if ((length += texts.at(-1)!.length) > shown) break;
  }
  return texts.join(", ");
}

function nameOf({ id, type }: { readonly id: string; readonly type?: "user" | "group" }): string {
  return type === "group" ? `group ${id}` : id;
}

function cut(text: string): string {
  return text.length > shown ? `${text.slice(0, shown)}…` : text;
}
