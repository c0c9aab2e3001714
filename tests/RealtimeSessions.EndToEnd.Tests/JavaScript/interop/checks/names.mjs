// Text of every kind where it is no free JSON: names, descriptions, properties, people.
import { like, same } from "../matching.mjs";
import { ApplicationId } from "../stage.mjs";

const Texts = {
  "emoji": "👩‍👩‍👧 🇨🇭 😀",
  "U+0000": "a\u0000b",
  "combining characters": "e\u0301 is not é",
  "right to left": "שלום مرحبا \u202ex\u202c",
  "the ends of the planes": "\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}",
  "what JSON escapes": "\"\\/\b\n\t<&\u001e\u2028",
  "200 characters of two units": "😀".repeat(100),
};

export default Object.fromEntries(Object.entries(Texts).map(([name, text]) => [name, async stage => {
  const person = `${text.slice(0, 150)} person`;
  const alice = await stage.connect("alice"), other = await stage.connect("bob"), stranger = await stage.connect(person);
  const properties = { [text.slice(0, 100)]: text, check: crypto.randomUUID() };
  const session = await stage.session(alice, { name: text, description: text, properties, participants: [{ id: person }, { id: "bob" }] });
  const { sessions } = await other.call("ListSessions", { applicationId: ApplicationId, properties });
  like(sessions[0], { ...sessions[0], ...session, name: text, description: text, properties });

  await other.call("JoinSession", session);
  await other.next("SessionReset");
  const { connectionId } = await stranger.call("JoinSession", { ...session, presence: { [text]: text } });
  same((await stranger.next("SessionPresence")).people, { [person]: { [connectionId]: { [text]: text } } });
  await stranger.call("SendSignal", { ...session, name: text, to: "bob" });
  const signal = await other.next("SessionSignal");
  same([signal.userId, signal.name], [person, text]);
  await stranger.call("CreateSessionEvent", { ...session, name: text });
  const event = await other.next("SessionEventCreated");
  same([event.userId, event.name], [person, text]);
  const { events } = await alice.call("ListSessionEvents", { ...session, names: [text] });
  same(events, [event]);
}]));
