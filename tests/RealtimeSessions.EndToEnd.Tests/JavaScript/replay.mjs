// Replays a trace through the official client, with five readers, and checks what they hold in the end.
//   node replay.mjs --trace file.jsonl[.gz] --writers url[,url] --readers url[,url]
// Prints one line of JSON with figures; ends with another code than 0 if anything is amiss.
import { readFileSync } from "node:fs";
import { parseArgs, isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { connect } from "./hub.mjs";
import { Reader } from "./reader.mjs";

const InFlight = 64;
const Interruptions = 5;

const { values } = parseArgs({ options: { trace: { type: "string" }, writers: { type: "string" }, readers: { type: "string" } } });
const writerUrls = values.writers.split(","), readerUrls = values.readers.split(",");
const { header, calls } = readTrace(values.trace);
const session = { applicationId: "demo", sessionId: `trace-${Date.now()}-${process.pid}` };

const users = Array.from({ length: header.connections }, (_, i) => `writer${i}`);
const writers = await Promise.all(users.map((user, i) => connect(writerUrls[i % writerUrls.length], user)));
const readers = Array.from({ length: 5 }, (_, i) =>
  new Reader(`reader${i}`, readerUrls.slice(i % readerUrls.length).concat(readerUrls.slice(0, i % readerUrls.length)), session, i % 2 === 0));
const participants = [...users.slice(1), ...readers.map((_, i) => `reader${i}`)].map(id => ({ id }));
await writers[0].invoke("CreateSession", { ...session, name: header.name, participants });
const [late, restless] = [readers[3], readers[4]];
await Promise.all(readers.filter(reader => reader !== late).map(reader => reader.join()));

// What happens beside the calls, by how many of them have been answered: one chain of interruptions, and the late join.
const interruptions = Array.from({ length: Interruptions }, () => Math.floor(Math.random() * calls.length)).sort((one, other) => one - other);
const half = Math.floor(calls.length / 2);
let answered = 0, head = 0, interrupted = 0, interrupting = Promise.resolve(), joining = null;

const started = performance.now();
await (header.ordered ? replayInOrder() : Promise.all(writers.map((_, i) => replayConnection(i))));
const seconds = (performance.now() - started) / 1000;
await Promise.all([joining, interrupting]);
await Promise.all(readers.map(reader => reader.reaches(head)));
const settled = (performance.now() - started) / 1000;

for (const reader of readers) reader.check(header.expect);
const { data, position } = await writers[0].invoke("GetSessionData", session);
if (!isDeepStrictEqual(data, header.expect.data)) throw new Error(`The server holds other data: ${JSON.stringify(data)}`);
if (position.sequence !== head || head !== calls.length + 1) throw new Error(`The head is ${position.sequence}; ${calls.length} calls made ${head}.`);
console.log(JSON.stringify({
  trace: header.name, calls: calls.length, seconds: round(seconds), callsPerSecond: Math.round(calls.length / seconds), settledAfter: round(settled),
  readers: readers.map(reader => reader.events), resumes: restless.resumes, interruptions,
}));
await Promise.all([...writers, ...readers].map(one => one.stop()));

function readTrace(file) {
  const bytes = readFileSync(file);
  const [first, ...rest] = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").trimEnd().split("\n").map(line => JSON.parse(line));
  if (first.trace !== 1 || first.calls !== rest.length) throw new Error(`${file} is not a whole trace.`);
  return { header: first, calls: rest };
}

/** The calls of one connection are sent without waiting; another goes on when they are answered. */
async function replayInOrder() {
  let inFlight = [], connection = -1;
  for (const call of calls) {
    if (call.c !== connection || inFlight.length === InFlight) {
      await Promise.all(inFlight);
      [inFlight, connection] = [[], call.c];
    }
    inFlight.push(send(call));
  }
  await Promise.all(inFlight);
}

async function replayConnection(connection) {
  const inFlight = [];
  for (const call of calls.filter(call => call.c === connection)) {
    if (inFlight.length === InFlight) await inFlight.shift();
    inFlight.push(send(call));
  }
  await Promise.all(inFlight);
}

async function send(call) {
  const { position } = await writers[call.c].invoke(call.m, { ...session, ...call.a });
  head = Math.max(head, position.sequence);
  answered++;
  if (answered > half) joining ??= late.join();
  for (; interruptions[interrupted] < answered; interrupted++) interrupting = interrupting.then(() => restless.interrupt());
}

function round(value) {
  return Math.round(value * 100) / 100;
}
