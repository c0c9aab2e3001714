export default function ConversationPage(_: { readonly spaceId?: number; readonly conversationId?: number }) { return <p className="message">…</p>; }
