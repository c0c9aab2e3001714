import type { LogTypes } from "../../src/replica/log.js";
import type { Replica } from "../../src/replica/replica.js";
import type { Member } from "./member.js";
import type { ModelServer } from "./model-server.js";
import type { Random } from "./random.js";

/** Lets random things happen, the acts with their probabilities besides lost connections and history, and brings everybody up to date in the end. */
export function runHistory<K extends LogTypes, R extends Replica<K>>(
  members: readonly Member<K, R>[], server: ModelServer<K>, random: Random, losesHistory: boolean, acts: readonly (readonly [probability: number, act: (member: Member<K, R>) => void])[],
): void {
  for (let step = 0; step < 400; step++) {
    const member = random.pick(members);
    let lot = random.next();
    const act = acts.find(([probability]) => (lot -= probability) < 0)?.[1];
    if (act) act(member);
    else if (!member.isConnected && lot < 0.3) member.connect();
    else if (lot < 0.03 && member.isConnected) member.cut();
    else if (lot < 0.035) server.forgetHistory();
    else if (lot < 0.04 && losesHistory) server.loseHistory(random.below(5));
    else member.step();
  }
  for (const member of members) if (!member.isConnected) member.connect();
  // Two losses in quick succession may leave a gap that only time closes; nothing else does.
  const moves = (member: Member<K, R>) => member.step() || (losesHistory && member.closeGap());
  for (let isMoving = true; isMoving;) isMoving = members.map(moves).includes(true);
}
