/** Gives the focus back to what had it before. Where that is gone, or goes before anything else has the focus, the page's content gets it. */
export function giveBackFocus(to: Element | null): void {
  if (isNowhere() && to instanceof HTMLElement) to.focus({ preventScroll: true });
  if (isNowhere()) return focusContent();
  if (to === null || document.activeElement !== to) return;

  // What was just done may take it away: a row that is deleted goes when its list hears of it.
  const watch = new MutationObserver(() => {
    if (to.isConnected) return;
    end();
    if (isNowhere()) focusContent();
  });
  const end = () => {
    watch.disconnect();
    document.removeEventListener("focusin", end);
  };
  watch.observe(document, { childList: true, subtree: true });
  document.addEventListener("focusin", end);
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function focusContent(): void {
  document.getElementById("main")?.focus({ preventScroll: true });
}
