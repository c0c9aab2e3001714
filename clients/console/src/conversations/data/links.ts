/** Where something leads that a conversation is linked with. */
export type Target = { readonly kind: "session"; readonly address: string } | { readonly kind: "web"; readonly address: string } | { readonly kind: "none" };

/** The id by which a conversation is linked with a session of this hub. */
export function sessionLink(applicationId: string, sessionId: string): string {
  return `session:${applicationId}/${sessionId}`;
}

/** Sessions of this hub lead to their page; everything else to its address, if that is one of the web: anything else could be run. */
export function targetOf({ id, url }: { readonly id: string; readonly url?: string | undefined }): Target {
  const [, applicationId, sessionId] = /^session:([^/]+)\/([^/]+)$/.exec(id) ?? [];
  if (applicationId && sessionId) return { kind: "session", address: `/applications/${encodeURIComponent(applicationId)}/sessions/${encodeURIComponent(sessionId)}` };
  return url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? { kind: "web", address: url } : { kind: "none" };
}
