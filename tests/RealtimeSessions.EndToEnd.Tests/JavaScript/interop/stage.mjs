// Where one check is made: its connections, which take the protocols and the servers in turn, and its sessions.
import { randomUUID } from "node:crypto";
import { signIn } from "../hub.mjs";
import { Member } from "./member.mjs";

export const ApplicationId = "demo";

export class Stage {
  #urls; #seen; #members = [];

  constructor(urls, protocols, seen) {
    [this.#urls, this.protocols, this.#seen] = [urls, protocols, seen];
  }

  /** A connection; each with the next protocol, and each round of them with the next server, unless one is asked for. */
  async connect(user, { protocol, server } = {}) {
    const n = this.#members.length, each = this.protocols.length;
    const member = new Member(user, protocol ?? this.protocols[n % each], this.#seen);
    this.#members.push(member);
    return member.connect(this.#urls[(server ?? Math.floor(n / each)) % this.#urls.length]);
  }

  /** Alice, in a session that she made, with Bob and Carol, who have another's protocol where there are two. */
  async joined({ join = {}, ...creation } = {}) {
    const alice = await this.connect("alice");
    const session = await this.session(alice, { participants: [{ id: "bob" }, { id: "carol" }], ...creation });
    const members = [await this.connect("bob"), await this.connect("carol")];
    for (const member of members) {
      await member.call("JoinSession", { ...session, ...join });
      await member.next("SessionReset");
    }
    return { alice, members, session };
  }

  /** A session of somebody's making: what requests about it begin with. */
  async session(member, creation = {}) {
    const session = { applicationId: ApplicationId, sessionId: randomUUID() };
    await member.call("CreateSession", { ...session, name: "A session", ...creation });
    return session;
  }

  /** An application of Alice's making, in which everybody is a Contributor: its id. Other servers than the first may know of it a little later. */
  async application() {
    const applicationId = `interop-${randomUUID()}`;
    await this.rest("alice", "POST", "applications", { applicationId, name: "An application" });
    await this.rest("alice", "POST", `applications/${applicationId}/roles/Contributor/participants`, { type: "group", id: "everyone" });
    return applicationId;
  }

  /** Asks the first server over REST, with a body as it is or made into JSON. */
  async rest(user, verb, path, body) {
    const response = await fetch(`${this.#urls[0]}/api/v1/${path}`, {
      method: verb, body: typeof body === "object" ? JSON.stringify(body) : body,
      headers: { Authorization: `Bearer ${await signIn(this.#urls[0], user)}`, "Content-Type": verb === "PATCH" ? "application/merge-patch+json" : "application/json" },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${verb} ${path} was answered with ${response.status}: ${text}`);
    return text && JSON.parse(text);
  }

  /** The numbers of users, who are entered by asking. */
  async numbers(...users) {
    return Promise.all(users.map(async user => (await this.rest(user, "GET", "userinfo")).users[0].id));
  }

  /** A space of Alice's, with others in it: its number. */
  async space(...userIds) {
    const [{ id }] = (await this.rest("alice", "POST", "spaces", { spaces: [{ name: "A space" }] })).spaces;
    if (userIds.length > 0) await this.rest("alice", "POST", `spaces/${id}/participants`, { participants: userIds.map(user_id => ({ user_id })) });
    return id;
  }

  /** A conversation of Alice's: its number. */
  async conversation(creation = {}) {
    return (await this.rest("alice", "POST", "conversations", { conversations: [{ name: "A conversation", ...creation }] })).conversations[0].id;
  }

  /** Changes what is given of a conversation, as Alice. */
  change(conversationId, change) {
    return this.rest("alice", "PUT", `conversations/${conversationId}`, { conversations: [change] });
  }

  /** Somebody comments over REST. */
  comment(user, conversationId, ...contents) {
    return this.rest(user, "POST", "comments", { comments: contents.map(content => ({ content, resource_id: conversationId })) });
  }

  /** Asks for the hub without a token: the code of the answer. */
  async askWithoutToken() {
    const { code } = await (await fetch(`${this.#urls[0]}/hub`)).json();
    this.#seen.codes.add(code);
    return code;
  }

  close() {
    return Promise.all(this.#members.map(member => member.hub?.stop()));
  }
}
