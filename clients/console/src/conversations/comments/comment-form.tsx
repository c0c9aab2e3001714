import { CommentPriority, type LiveConversation } from "realtime-sessions";
import { useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import { Notice } from "../../design/notice";
import { mentionablesLike, mentionAt, withMention, type Mentionable } from "./mentions";

interface CommentFormProps {
  readonly conversation: LiveConversation;
  /** Who can be mentioned. */
  readonly mentionables: readonly Mentionable[];
}

/** Writes a comment. It shows at once; what the server refuses can be taken up again. */
export function CommentForm({ conversation, mentionables }: CommentFormProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number>(undefined);
  const [text, setText] = useState("");
  const [isImportant, setIsImportant] = useState(false);
  const [refused, setRefused] = useState<{ readonly why: string; readonly text: string }>();
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [isDismissed, setIsDismissed] = useState(false);
  const start = isDismissed ? undefined : mentionAt(text, at);
  const offered = start ? mentionablesLike(mentionables, start.like) : [];

  useEffect(() => {
    if (caret.current !== undefined) area.current!.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [text]);

  function write(next: string, position: number) {
    setText(next);
    setAt(position);
    setChosen(0);
    setIsDismissed(false);
  }

  function mention(who: Mentionable) {
    const next = withMention(text, start!, who);
    caret.current = next.caret;
    write(next.text, next.caret);
    area.current!.focus();
  }

  function send(event?: FormEvent) {
    event?.preventDefault();
    const content = text.trim();
    if (content === "") return;
    setRefused(undefined);
    const refuse = (error: unknown) => setRefused({ why: (error as Error).message, text: content });
    try {
      conversation.sendComment(content, { priority: isImportant ? CommentPriority.Important : CommentPriority.Normal }).catch(refuse);
    } catch (error) {
      return refuse(error);
    }
    write("", 0);
    setIsImportant(false);
  }

  function press(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
    const who = offered[chosen];
    if (!who) return;
    const step = { ArrowDown: 1, ArrowUp: offered.length - 1 }[event.key];
    if (step !== undefined) setChosen((chosen + step) % offered.length);
    else if (event.key === "Enter" || event.key === "Tab") mention(who);
    else if (event.key === "Escape") setIsDismissed(true);
    else return;
    event.preventDefault();
  }

  return (
    <form className="comment-form" onSubmit={send}>
      {refused && (
        <Notice onDismiss={() => setRefused(undefined)}>
          It was not sent: {refused.why}{" "}
          <button type="button" onClick={() => { write(refused.text, refused.text.length); setRefused(undefined); area.current!.focus(); }}>Take it up again</button>
        </Notice>
      )}
      {offered.length > 0 && (
        <ul className="offers" id={`${id}-offers`} role="listbox" aria-label="Mention">
          {offered.map((who, index) => (
            <li key={who.text} id={`${id}-${index}`} role="option" aria-selected={index === chosen} onPointerDown={event => { event.preventDefault(); mention(who); }}>
              {who.name} <span className="hint">{who.text}</span>
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={area} aria-label="Your comment" placeholder="Write a comment …" rows={2} maxLength={10_000} value={text}
        aria-describedby={`${id}-hint`} aria-autocomplete="list" aria-controls={offered.length > 0 ? `${id}-offers` : undefined}
        aria-activedescendant={offered.length > 0 ? `${id}-${chosen}` : undefined}
        onChange={event => write(event.target.value, event.target.selectionStart)} onSelect={event => setAt(event.currentTarget.selectionStart)} onKeyDown={press}
      />
      <div className="row">
        <label className="check"><input type="checkbox" checked={isImportant} onChange={event => setIsImportant(event.target.checked)} /> Important</label>
        <span className="hint" id={`${id}-hint`}>@ mentions, # tags, Ctrl+Enter sends</span>
        <button className="primary" disabled={text.trim() === ""}>Send</button>
      </div>
    </form>
  );
}
