export default function SpacesPage(_: { readonly spaceId?: number; readonly conversationId?: number }) { return <p className="message">…</p>; }
