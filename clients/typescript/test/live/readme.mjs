// Runs the README's first session, and its conversation, as they are written there (but for the protocol, with --messagepack, and for who is there), against a server in
// Development: node test/live/readme.mjs --url http://localhost:5080
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check, patience, protocol, rest, url } from "./support.mjs";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const [, script] = /^```js\n(\/\/ first\.mjs\n.*?)^```$/ms.exec(readme);
check("the script has the address of the first ten minutes", script.includes("http://localhost:5080"));
const first = script.replace("http://localhost:5080", url).replace("{ url, accessToken:", `{ url, protocol: "${protocol}", accessToken:`);
check("the protocol is chosen", first.includes(`protocol: "${protocol}"`));
const output = run(first);
check(`the change shows: ${output}`, /now \{.*shopping: \{.*milk: 2/s.test(output));
check(`the events are told: ${output}`, /\d+ session_data_updated by alice\n/.test(output) && /\d+ session_event_created by alice\n/.test(output));

const [, example] = /^```ts\n([^`]*client\.joinConversation.*?)^```$/ms.exec(readme);
const [{ id: userId }] = (await rest("alice", "GET", "userinfo")).users;
const [{ id: conversationId }] = (await rest("alice", "POST", "conversations", { conversations: [{ name: "Plans" }] })).conversations;
const comments = Array.from({ length: 100 }, (_, index) => ({ content: `c${index}`, resource_id: conversationId }));
await rest("alice", "POST", "comments", { comments });
await rest("alice", "POST", "comments", { comments: comments.slice(0, 1) });
const around = first.slice(0, first.indexOf("const session ="));
const ending = `while (conversation.syncStatus !== "synchronized") await new Promise(resolve => setTimeout(resolve, 10));
console.log(conversation.comments.length, "in the end");
await client.close();
`;
const told = run(around + example.replace("conversationId: 7", `conversationId: ${conversationId}`).replace("@user:14", `@user:${userId}`) + ending);
check(`the comment is told: ${told}`, new RegExp(`^103 ${userId} Shipped, @user:${userId} #release$`, "m").test(told));
check(`what has changed is told: ${told}`, /^Plans \[$/m.test(told));
check(`the earlier ones are loaded: ${told}`, told.endsWith("102 in the end\n"));
console.log("passed");

/** Runs a script beside this file, where the package is found by its name. */
function run(text) {
  const file = fileURLToPath(new URL(`readme-${process.pid}.mjs`, import.meta.url));
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8", timeout: patience });
  rmSync(file);
  check(`it ends well: ${stdout}${stderr}`, status === 0);
  return stdout;
}
