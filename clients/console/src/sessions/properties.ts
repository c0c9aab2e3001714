/**
 * Reads properties from lines `name = value`; empty lines are nothing.
 * @throws {Error} A line without `=` or without a name, or a name that comes twice.
 */
export function readProperties(text: string): Record<string, string> {
  const entries = text.split("\n").filter(line => line.trim() !== "").map((line): [string, string] => {
    const at = line.indexOf("=");
    const name = line.slice(0, Math.max(at, 0)).trim();
    if (name === "") throw new Error(`“${line.trim()}” is no property: write name = value.`);
    return [name, line.slice(at + 1).trim()];
  });
  const twice = entries.find(([name], index) => entries.findIndex(each => each[0] === name) < index);
  if (twice) throw new Error(`The property “${twice[0]}” is there twice.`);
  return Object.fromEntries(entries);
}

/** Writes properties as such lines. */
export function writeProperties(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties).map(([name, value]) => `${name} = ${value}`).join("\n");
}
