// Runs the README's first session as it is written there (but for the protocol, with --messagepack), against a server in Development: node test/live/readme.mjs --url http://localhost:5080
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check, protocol, url } from "./support.mjs";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const [, script] = /^```js\n(\/\/ first\.mjs\n.*?)^```$/ms.exec(readme);
check("the script has the address of the first ten minutes", script.includes("http://localhost:5080"));

// Beside this file, where the package is found by its name.
const file = fileURLToPath(new URL(`first-${process.pid}.mjs`, import.meta.url));
writeFileSync(file, script.replace("http://localhost:5080", url).replace("{ url, accessToken:", `{ url, protocol: "${protocol}", accessToken:`));
check("the protocol is chosen", readFileSync(file, "utf8").includes(`protocol: "${protocol}"`));
const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8", timeout: 30_000 });
rmSync(file);
check(`it ends well: ${stdout}${stderr}`, status === 0);
check(`the change shows: ${stdout}`, /now \{.*shopping: \{.*milk: 2/s.test(stdout));
check(`the events are told: ${stdout}`, /\d+ session_data_updated by alice\n/.test(stdout) && /\d+ session_event_created by alice\n/.test(stdout));
console.log("passed");
