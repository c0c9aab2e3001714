// Members who are shown in a session, and what they know of each other.
import { mergePatch } from "../hub.mjs";
import { like } from "./matching.mjs";

export class Person {
  constructor(member, session) {
    [this.member, this.session] = [member, session];
  }

  /** Joins with presence; resolves when it was told who is there. */
  async join(presence = true) {
    ({ connectionId: this.connectionId } = await this.member.call("JoinSession", { ...this.session, presence }));
    const told = await this.member.next("SessionPresence");
    like({ ...told, people: {} }, { ...this.session, people: {} });
    this.people = told.people;
    return this;
  }

  /** Takes what it is told until something holds of the people it knows. */
  async until(holds) {
    while (!holds(this.people)) {
      const told = await this.member.next("SessionPresenceUpdated");
      like({ ...told, people: {} }, { ...this.session, people: {} });
      this.people = mergePatch(this.people, told.people);
    }
  }

  /** Resolves when it knows somebody, and so hears his signals. */
  knows({ connectionId }) {
    return this.until(people => Object.values(people).some(connections => connectionId in connections));
  }
}
