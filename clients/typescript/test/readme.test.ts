import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");

const around = `
import { RealtimeClient } from "realtime-sessions";
declare global { interface Board { title: string; shapes: Record<string, { x: number; y: number }> } function signIn(): Promise<string>; }
`;
const client = `const client = new RealtimeClient({ url: "https://host", accessToken: signIn });\n`;

test("Readme_TypedExamples_AreRight", { timeout: 60_000 }, () => {
  const blocks = [...readme.matchAll(/^```(tsx?)\n(.*?)^```$/gms)].map(([, kind, text]) => ({ kind: kind!, text: text! }));
  expect(blocks.map(block => block.kind)).toEqual(["ts", "tsx", "ts", "tsx", "ts", "tsx"]);
  const folder = mkdtempSync(join(root, "test", "readme-"));
  try {
    for (const [index, { kind, text }] of blocks.entries()) writeFileSync(join(folder, `example.${index}.${kind}`), kind === "ts" ? around + client + text : text);
    const paths = { "realtime-sessions": ["../../src/index.ts"], "realtime-sessions/react": ["../../src/react/index.ts"] };
    // The examples show calls whose promises may be ignored, and values as they stand there.
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: "../../tsconfig.json", compilerOptions: { paths, noUnusedLocals: false }, include: ["*"] }));
    const { stdout, status } = spawnSync("npx", ["tsc", "-p", folder], { cwd: root, encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("Readme_NamesEveryOption", () => {
  const options = [...readFileSync(join(root, "src/client/options.ts"), "utf8"), ...readFileSync(join(root, "src/replica/options.ts"), "utf8")].join("");
  const names = [...options.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) expect(readme).toContain(`| \`${name}\` |`);
});
