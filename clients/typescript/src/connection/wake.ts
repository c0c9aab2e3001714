/**
 * Listens, in a browser, for signs that a connection can be had again: the network is back, or the page is looked at.
 * @returns What ends that.
 */
export function onWake(wake: () => void): () => void {
  const { document } = globalThis;
  if (typeof document === "undefined") return () => undefined;
  const onVisible = () => {
    if (document.visibilityState === "visible") wake();
  };
  globalThis.addEventListener("online", wake);
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    globalThis.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", onVisible);
  };
}
