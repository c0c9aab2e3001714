import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What each folder of `src` may import besides itself. Whatever stands above never sees what stands below; of the two kinds, sessions and conversations, neither sees the other. */
const lanes: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  protocol: ["lib"],
  replica: ["lib", "protocol"],
  "replica/session": ["lib", "protocol", "replica"],
  "replica/conversation": ["lib", "protocol", "replica"],
  connection: ["lib", "protocol"],
  sync: ["lib", "protocol", "replica", "connection"],
  session: ["lib", "protocol", "replica", "replica/session", "connection", "sync"],
  application: ["lib", "protocol", "replica", "replica/session", "connection", "sync"],
  conversation: ["lib", "protocol", "replica", "replica/conversation", "connection", "sync"],
  client: ["lib", "protocol", "replica", "replica/session", "connection", "sync", "session", "application", "conversation"],
  react: ["lib", "protocol", "replica", "replica/session", "replica/conversation", "sync", "session", "application", "conversation", "client"],
};

/** What may be imported from outside, and by whom. */
const packages: Readonly<Record<string, readonly string[]>> = { connection: ["@microsoft/signalr", "@microsoft/signalr-protocol-msgpack"], react: ["react"] };

const source = new URL("../src/", import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(file => /\/.*\.tsx?$/.test(file));

const laneOf = (file: string) => file.slice(0, file.lastIndexOf("/"));

test("Lanes_AreAllThere", () => {
  expect([...new Set(files.map(laneOf))].sort()).toEqual(Object.keys(lanes).sort());
});

test.each(files)("%s imports only what its lane may", file => {
  const lane = laneOf(file);
  for (const [, target] of readFileSync(new URL(file, source), "utf8").matchAll(/(?:from|import)[ (]"([^"]+)"/g)) {
    const isOwn = target!.startsWith(".");
    const name = isOwn ? laneOf(new URL(target!, `file:///${file}`).pathname.slice(1)) : target!;
    expect(isOwn ? [lane, ...lanes[lane]!] : (packages[lane] ?? []), `${file} imports ${target}`).toContain(name);
  }
});

test.each(files.filter(file => file.startsWith("replica/")))("%s has no clock, network or randomness", file => {
  expect(readFileSync(new URL(file, source), "utf8")).not.toMatch(/\b(Date|performance|setTimeout|setInterval|Math\.random|crypto|queueMicrotask|fetch|await)\b\W/);
});
