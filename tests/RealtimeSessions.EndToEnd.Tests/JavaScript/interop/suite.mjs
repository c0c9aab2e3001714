// Runs named checks, some of them at a time.

const AtATime = 6;

/** Makes every check on a stage of its own; resolves with those that failed, each with its reason. */
export async function run(checks) {
  const waiting = [...checks], failures = [];
  await Promise.all(Array.from({ length: AtATime }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const error = await make(next);
      if (error) failures.push({ check: next.name, error });
    }
  }));
  return failures;
}

async function make({ check, open }) {
  const stage = open();
  try {
    await check(stage);
  } catch (error) {
    return [error.message, ...error.stack.split("\n").filter(line => line.includes("/checks/"))].join("\n");
  } finally {
    await stage.close();
  }
}
