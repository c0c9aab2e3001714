/** A part of what somebody wrote. */
export type TextPart = { readonly text: string } & (
  | { readonly kind: "text" }
  | { readonly kind: "user"; readonly userId: number }
  | { readonly kind: "mailbox"; readonly email: string }
  | { readonly kind: "group"; readonly groupId: number }
  | { readonly kind: "tag"; readonly tag: string }
);

// As the server finds them.
const mailbox = String.raw`[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}`;
const mention = String.raw`(?<![\p{L}\p{N}_.@])@(?:user:(?<email>${mailbox})|(?<kind>user|group):(?<id>[1-9][0-9]{0,14})(?![0-9A-Za-z_]))`;
const hashtag = String.raw`(?<![\p{L}\p{N}_&\/#])#(?<tag>\p{L}[\p{L}\p{N}_\-]{0,49})`;
const special = new RegExp(`${mention}|${hashtag}`, "gu");

/** A text in its parts: mentions, hashtags, and what is between them. Together they are the text again. */
export function partsOf(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(special)) {
    if (match.index > end) parts.push({ kind: "text", text: text.slice(end, match.index) });
    parts.push(specialPart(match[0], match.groups!));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}

function specialPart(text: string, { email, kind, id, tag }: Record<string, string | undefined>): TextPart {
  if (tag !== undefined) return { kind: "tag", text, tag: tag.toLowerCase() };
  if (email !== undefined) return { kind: "mailbox", text, email };
  return kind === "group" ? { kind, text, groupId: Number(id) } : { kind: "user", text, userId: Number(id) };
}
