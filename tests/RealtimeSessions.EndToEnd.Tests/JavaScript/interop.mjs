// What the official client must be able to do, over one hub protocol or with both in the same sessions.
//   node interop.mjs --urls url[,url] --protocol json|messagepack|mixed [--part outage]
// Prints one line of JSON: how many checks there were, those that failed and why, and which methods, callbacks and codes were seen.
// The part "outage" is for servers whose storage is gone; all else is for servers as the tests start them.
import { parseArgs } from "node:util";
import { run } from "./interop/suite.mjs";
import { Stage } from "./interop/stage.mjs";

const Parts = {
  suite: ["feed", "spaces", "conflation", "methods", "events", "joins", "presence", "signals", "refusals", "limits", "arguments", "broken", "values", "numbers", "names",
    "order", "binary", "reserved", "conversations"],
  outage: ["outage"],
};
const OfMessagePack = ["binary"];   // What only its clients can send.
const Orders = { json: [["json"]], messagepack: [["messagepack"]], mixed: [["json", "messagepack"], ["messagepack", "json"]] };

const { values } = parseArgs({ options: { urls: { type: "string" }, protocol: { type: "string" }, part: { type: "string", default: "suite" } } });
const seen = { methods: new Set(), callbacks: new Set(), codes: new Set() };
const checks = [];
for (const file of Parts[values.part])
  for (const [name, check] of Object.entries((await import(`./interop/checks/${file}.mjs`)).default))
    for (const protocols of Orders[values.protocol].filter(protocols => !OfMessagePack.includes(file) || protocols.includes("messagepack")))
      checks.push({ name: `${file}: ${name} (${protocols.join(", ")})`, check, open: () => new Stage(values.urls.split(","), protocols, seen) });

const failures = await run(checks);
console.log(JSON.stringify({ checks: checks.length, failures, methods: [...seen.methods], callbacks: [...seen.callbacks], codes: [...seen.codes] }));
