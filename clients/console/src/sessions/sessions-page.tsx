export function SessionsPage(_: { readonly applicationId: string }) { return <p className="message">…</p>; }
