// What MessagePack has and JSON has not: bytes come to everybody as base64 text, and times as ISO 8601 text.
import { same } from "../matching.mjs";

const Bytes = [0, 1, 2, 3, 255, 256, 65535, 65536];
const Dates = ["1970-01-01T00:00:00.000Z", "2001-02-03T04:05:06.000Z", "2001-02-03T04:05:06.789Z", "2106-02-07T06:28:15.999Z", "2106-02-07T06:28:16.000Z",
  "2514-05-30T01:53:03.999Z", "2514-05-30T01:53:04.000Z", "1969-12-31T23:59:59.999Z", "1583-01-01T00:00:00.001Z", "9999-12-31T23:59:59.999Z"];

async function arrives(stage, sent, check) {
  const { members, session } = await stage.joined(), writer = await stage.connect("alice", { protocol: "messagepack" });
  const data = { value: sent, list: [sent] };
  await writer.call("PatchSessionData", { ...session, data });
  await writer.call("CreateSessionEvent", { ...session, name: "value", data: sent });
  for (const member of members) {
    check((await member.next("SessionDataUpdated")).data.value);
    check((await member.next("SessionEventCreated")).data);
  }
  for (const member of [writer, ...members]) {
    const { data: { value, list } } = await member.call("GetSessionData", session);
    for (const one of [value, ...list]) check(one);
  }
}

export default {
  ...Object.fromEntries(Bytes.map(length => [`${length} bytes`, stage => {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 7);
    return arrives(stage, bytes, value => same(value, Buffer.from(bytes).toString("base64")));
  }])),
  ...Object.fromEntries(Dates.map(time => [time, stage => arrives(stage, new Date(time), value => {
    same(typeof value, "string");
    same(new Date(value).toISOString(), time);
  })])),
  // JSON leaves such members out; the encoder of MessagePack writes nil.
  async "what is undefined comes as null"(stage) {
    const { members, session } = await stage.joined(), writer = await stage.connect("alice", { protocol: "messagepack" });
    await writer.call("CreateSessionEvent", { ...session, name: "value", data: { a: undefined, list: [undefined] } });
    await writer.call("CreateSessionEvent", { ...session, name: "value", data: undefined });
    for (const member of members) {
      same((await member.next("SessionEventCreated")).data, { a: null, list: [null] });
      same((await member.next("SessionEventCreated")).data, null);
    }
  },
  ...Object.fromEntries([NaN, Infinity, -Infinity].map(number => [`${number} is no JSON`, async stage => {
    const { alice, session } = await stage.joined(), writer = await stage.connect("alice", { protocol: "messagepack" });
    await writer.refused("invalid_argument", { path: "$" }, "PatchSessionData", { ...session, data: { value: number } });
    await writer.call("PatchSessionData", { ...session, data: { value: 1 } });
    same((await alice.call("GetSessionData", session)).data, { value: 1 });
  }])),
};
