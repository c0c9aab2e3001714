import { useEffect, useMemo, type ReactNode } from "react";
import { useDirectory, useGroupName, usePeople, usePersonName } from "../data/directory";
import { partsOf, type TextPart } from "./text-parts";

interface RichTextProps {
  readonly text: string;
  /** The users mentioned, as far as that is known. Default: nobody. */
  readonly mentioned?: readonly number[];
}

const nobody: readonly number[] = [];

/** What somebody wrote, with mentions as names and hashtags marked. It is text and nothing else. */
export function RichText({ text, mentioned = nobody }: RichTextProps) {
  const parts = useMemo(() => partsOf(text), [text]);
  return <span className="rich-text">{parts.map((part, index) => <Part key={index} part={part} mentioned={mentioned} />)}</span>;
}

function Part({ part, mentioned }: { readonly part: TextPart; readonly mentioned: readonly number[] }): ReactNode {
  switch (part.kind) {
    case "text":
      return part.text;
    case "tag":
      return <span className="hashtag">{part.text}</span>;
    case "user":
      return <UserMention userId={part.userId} text={part.text} />;
    case "mailbox":
      return <MailboxMention email={part.email} text={part.text} mentioned={mentioned} />;
    case "group":
      return <GroupMention groupId={part.groupId} text={part.text} />;
  }
}

function UserMention({ userId, text }: { readonly userId: number; readonly text: string }) {
  return <span className="mention" title={text}>@{usePersonName(userId)}</span>;
}

function GroupMention({ groupId, text }: { readonly groupId: number; readonly text: string }) {
  return <span className="mention" title={text}>@{useGroupName(groupId)}</span>;
}

/** Which of the users mentioned has the address is seen when they are known. */
function MailboxMention({ email, text, mentioned }: { readonly email: string; readonly text: string; readonly mentioned: readonly number[] }) {
  const { people } = useDirectory();
  useEffect(() => {
    for (const userId of mentioned) people.want(userId);
  }, [people, mentioned]);
  const person = usePeople().find(each => each.email?.toLowerCase() === email.toLowerCase());
  return <span className="mention" title={text}>@{person?.name ?? email}</span>;
}
