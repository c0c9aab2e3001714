import type { Json } from "./json.js";

const encoder = new TextEncoder();

/** What a value weighs as compact JSON, in bytes of UTF-8. */
export function jsonBytes(value: Json): number {
  return textBytes(JSON.stringify(value));
}

/** What a value weighs as MessagePack, in bytes: a fraction takes 9, however short it is as text. */
export function messagePackBytes(value: Json): number {
  switch (typeof value) {
    case "number":
      return numberBytes(value);
    case "string": {
      const bytes = textBytes(value);
      return bytes + (bytes < 32 ? 1 : bytes < 0x100 ? 2 : bytes < 0x10000 ? 3 : 5);
    }
    case "object": {
      if (value === null) return 1;
      const parts: readonly Json[] = Array.isArray(value) ? value : Object.entries(value).flat();
      const count = Array.isArray(value) ? parts.length : parts.length / 2;
      return parts.reduce<number>((sum, part) => sum + messagePackBytes(part), count < 16 ? 1 : count < 0x10000 ? 3 : 5);
    }
    default:
      return 1;
  }
}

function numberBytes(value: number): number {
  if (!Number.isSafeInteger(value)) return 9;
  if (value >= -0x20 && value < 0x80) return 1;
  const size = value < 0 ? -value - 1 : value / 2;
  return size < 0x80 ? 2 : size < 0x8000 ? 3 : size < 0x80000000 ? 5 : 9;
}

function textBytes(text: string): number {
  return encoder.encode(text).length;
}
