import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = new URL("../../../../tests/vectors/", import.meta.url);

/** A file of the cases that the .NET client runs too. */
export function readVectors<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, folder), "utf8")) as T;
}

/** The files with cases in a folder of the vectors. */
export function listVectors(path: string): string[] {
  return readdirSync(fileURLToPath(new URL(path, folder))).filter(name => name.endsWith(".json")).map(name => `${path}/${name}`);
}
