// A connection of the official client that keeps what it is told until somebody asks.
import { connect, hubProtocol } from "../hub.mjs";
import { like, patiently } from "./matching.mjs";

const Callbacks = ["SessionCreated", "SessionUpdated", "SessionPropertiesUpdated", "SessionDataUpdated", "SessionParticipantAdded", "SessionParticipantRemoved",
  "SessionEventCreated", "SessionClosed", "SessionDeleted", "SessionReset", "SessionLeft", "SessionPresence", "SessionPresenceUpdated", "SessionSignal",
  "FeedReset", "FeedPosition", "FeedLeft",
  "ConversationCreated", "ConversationUpdated", "ConversationDeleted", "CommentCreated", "ConversationReset", "ConversationLeft",
  "SpaceFeedReset", "SpaceFeedPosition", "SpaceFeedLeft"];
const ErrorForm = /HubException: ([a-z_]+): (.*?)(?: (\{.*\}))?$/s;   // As PROTOCOL.md gives it.

export class Member {
  #close; #seen; #told = []; #waiting = []; #ended = null;
  hub;
  closed = new Promise(resolve => this.#close = resolve);   // With the error, if the connection ended by one.

  constructor(user, protocol, seen) {
    [this.user, this.protocol, this.#seen] = [user, protocol, seen];
  }

  async connect(url) {
    const callbacks = Object.fromEntries(Callbacks.map(name => [name, (...told) => this.#hear(name, told)]));
    this.hub = await connect(url, this.user, callbacks, hubProtocol(this.protocol));
    this.hub.onclose(error => this.#end(error));
    return this;
  }

  /** Calls what must succeed. */
  async call(method, ...args) {
    const answer = await patiently(this.hub.invoke(method, ...args), () => `${this} calls ${method}`);
    this.#seen.methods.add(method);
    return answer;
  }

  /** Calls what must fail; resolves with the message. */
  async fails(method, ...args) {
    const message = await patiently(this.hub.invoke(method, ...args).then(() => null, error => error.message), () => `${this} calls ${method}`);
    if (message === null) throw new Error(`${this}: ${method} succeeded.`);
    return message;
  }

  /** Calls what must be refused with a code and exactly these details, and a text. */
  async refused(code, details, method, ...args) {
    this.checkRefusal(await this.fails(method, ...args), code, details);
  }

  /** Throws unless a message is that of a refusal with a code and exactly these details, and a text. */
  checkRefusal(message, code, details) {
    const [, actual, text, found] = ErrorForm.exec(message) ?? [];
    like({ code: actual, text, details: found && JSON.parse(found) }, { code, text: /\S/, details }, message);
    this.#seen.codes.add(code);
  }

  /** The first callback of a name, and of a kind, that was not asked for yet. */
  async next(name, match = () => true) {
    const found = this.#told.findIndex(one => one.name === name && match(one.argument));
    if (found >= 0) return this.#told.splice(found, 1)[0].argument;
    if (this.#ended) throw this.#ended;
    const coming = new Promise((resolve, reject) => this.#waiting.push({ name, match, resolve, reject }));
    return patiently(coming, () => `${this} waits for ${name}; told meanwhile: ${this.#told.map(one => one.name).join(" ") || "nothing"}`);
  }

  /** What came and was not asked for, in order; where the feed is, of which a watcher is told every 10 seconds, is passed over. */
  takeAll() {
    return this.#told.splice(0).filter(({ name }) => !name.endsWith("FeedPosition"));
  }

  toString() {
    return `${this.user} (${this.protocol})`;
  }

  #hear(name, told) {
    if (told.length !== 1) this.#end(new Error(`${name} came with ${told.length} arguments.`));
    this.#seen.callbacks.add(name);
    const [argument] = told, i = this.#waiting.findIndex(one => one.name === name && one.match(argument));
    if (i < 0) this.#told.push({ name, argument });
    else this.#waiting.splice(i, 1)[0].resolve(argument);
  }

  #end(error) {
    this.#ended = new Error(`The connection of ${this} has ended: ${error?.message}`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
    this.#close(error);
  }
}
