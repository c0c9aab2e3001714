import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What each folder of `src` may import besides itself. Whatever stands to the left never sees what stands to the right. */
const lanes: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  protocol: ["lib"],
  replica: ["lib", "protocol"],
  connection: ["lib", "protocol"],
  session: ["lib", "protocol", "replica", "connection"],
  client: ["lib", "protocol", "replica", "connection", "session"],
  react: ["lib", "protocol", "replica", "session", "client"],
};

/** What may be imported from outside, and by whom. */
const packages: Readonly<Record<string, readonly string[]>> = { connection: ["@microsoft/signalr", "@microsoft/signalr-protocol-msgpack"], react: ["react"] };

const source = new URL("../src/", import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(file => /\/.*\.tsx?$/.test(file));

test("Lanes_AreAllThere", () => {
  expect([...new Set(files.map(file => file.split("/")[0]))].sort()).toEqual(Object.keys(lanes).sort());
});

test.each(files)("%s imports only what its lane may", file => {
  const lane = file.split("/")[0]!;
  for (const [, target] of readFileSync(new URL(file, source), "utf8").matchAll(/(?:from|import)[ (]"([^"]+)"/g)) {
    const isOwn = target!.startsWith(".");
    const name = isOwn ? new URL(target!, `file:///${file}`).pathname.split("/")[1]! : target!;
    expect(isOwn ? [lane, ...lanes[lane]!] : (packages[lane] ?? []), `${file} imports ${target}`).toContain(name);
  }
});

test.each(files.filter(file => file.startsWith("replica/")))("%s has no clock, network or randomness", file => {
  expect(readFileSync(new URL(file, source), "utf8")).not.toMatch(/\b(Date|performance|setTimeout|setInterval|Math\.random|crypto|queueMicrotask|fetch|await)\b\W/);
});
