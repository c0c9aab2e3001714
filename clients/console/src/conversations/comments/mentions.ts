/** Somebody who can be mentioned. */
export interface Mentionable {
  readonly name: string;
  /** What stands in the text: `@user:14`, `@group:11`. */
  readonly text: string;
}

/** A mention that is being written. */
export interface MentionStart {
  /** Where its sign is. */
  readonly at: number;
  /** What follows it, up to the caret. */
  readonly like: string;
}

/** As many are offered at once. */
const maximum = 6;

/** The mention that is being written before the caret; `undefined`: none is. */
export function mentionAt(text: string, caret: number): MentionStart | undefined {
  const match = /(?<![\p{L}\p{N}_.@])@([\p{L}\p{N}._ -]{0,30})$/u.exec(text.slice(0, caret));
  return match ? { at: match.index, like: match[1]! } : undefined;
}

/** Who is meant by the beginning of a name, or of a part of it. */
export function mentionablesLike(all: readonly Mentionable[], like: string): readonly Mentionable[] {
  const wanted = like.toLowerCase();
  const fits = ({ name }: Mentionable) => name.toLowerCase().startsWith(wanted) || name.toLowerCase().includes(` ${wanted}`);
  return all.filter(fits).slice(0, maximum);
}

/** The text with the mention in the place of what was written of it, and where the caret is then. */
export function withMention(text: string, { at, like }: MentionStart, { text: mention }: Mentionable): { readonly text: string; readonly caret: number } {
  const rest = text.slice(at + 1 + like.length);
  const gap = /^\s/.test(rest) ? "" : " ";
  return { text: text.slice(0, at) + mention + gap + rest, caret: at + mention.length + 1 };
}
