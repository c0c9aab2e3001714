// What cannot be read ends the connection that sent it, and no other.
import { same, patiently } from "../matching.mjs";

const KiB = 1024, RecordEnd = "\u001e";
const call = text => `{"type":1,"invocationId":"1","target":"GetSession","arguments":[${text}]}${RecordEnd}`;

/** A message with its length before it, as MessagePack's hub protocol has it. */
function framed(...bytes) {
  const length = [];
  for (let rest = bytes.length; ; rest >>= 7) {
    length.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
    if (rest < 0x80) return Uint8Array.from([...length, ...bytes]);
  }
}

const text = value => [0xa0 + value.length, ...Buffer.from(value)];
const invocation = (...argument) => [0x96, 1, 0x80, ...text("1"), ...text("GetSession"), 0x91, ...argument, 0x90];
const Frames = {
  json: {
    "no JSON": `hello${RecordEnd}`,
    "a list": `[]${RecordEnd}`,
    "no type": `{}${RecordEnd}`,
    "cut off": `{"type":1,"target":"GetSession","arguments":[{${RecordEnd}`,
    "100 levels": call("[".repeat(100) + "]".repeat(100)),
    "a megabyte without an end": "x".repeat(KiB * KiB),
  },
  messagepack: {
    "a byte that means nothing": framed(0xc1),
    "no list": framed(0x01),
    "an empty list": framed(0x90),
    "a type that is no number": framed(0x91, ...text("1")),
    "no target": framed(0x93, 1, 0x80, 0xc0),
    "cut off": framed(...invocation(0x81, ...text("a")).slice(0, -1)),
    "a text longer than the message": framed(...invocation(0xdb, 0x7f, 0xff, 0xff, 0xff, 0x61)),
    "a list longer than the message": framed(...invocation(0xdd, 0x7f, 0xff, 0xff, 0xff, 0x01)),
    "an object longer than the message": framed(...invocation(0xdf, 0x7f, 0xff, 0xff, 0xff, 0xa1, 0x61, 0x01)),
    "100 levels": framed(...invocation(...Array.from({ length: 100 }, () => 0x91), 0xc0)),
    "more after the end": framed(0x91, 6, 0xc0),
    "a length that does not end": Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
    "a megabyte that is announced": Uint8Array.of(0x80, 0x80, 0x40, 0x96),
    "a megabyte": Buffer.concat([Uint8Array.of(0x80, 0x80, 0x40), Buffer.alloc(KiB * KiB)]),
  },
};

async function endsOnlyItsSender(stage, send) {
  const { alice, members: [bob, carol], session } = await stage.joined();
  const broken = await stage.connect("bob", { protocol: bob.protocol });
  await broken.call("JoinSession", session);
  await broken.next("SessionReset");
  await send(broken);
  await patiently(broken.closed, () => `${broken} is closed`);
  const { position } = await alice.call("CreateSessionEvent", { ...session, name: "after" });
  for (const member of [bob, carol]) {
    same((await member.next("SessionEventCreated")).sequence, position.sequence);
    same((await member.call("GetSessionData", session)).position, position);
  }
}

async function eachFrame(stage) {
  const protocol = stage.protocols.at(-1);
  for (const [name, frame] of Object.entries(Frames[protocol])) {
    try {
      await endsOnlyItsSender(stage, broken => broken.hub.connection.transport._webSocket.send(frame));
    } catch (error) {
      throw new Error(`${name}: ${error.message}`);
    }
  }
}

export default {
  "a frame that is broken": eachFrame,
  "a call that is too large": stage => endsOnlyItsSender(stage, broken =>
    broken.fails("CreateSession", { applicationId: "demo", name: "large", data: { text: "x".repeat(300 * KiB) } })),
};
