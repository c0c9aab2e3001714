export function SessionConversations(_: { readonly applicationId: string; readonly sessionId: string }) { return <p className="message">…</p>; }
