export default function SpacePage(_: { readonly spaceId?: number; readonly conversationId?: number }) { return <p className="message">…</p>; }
