import type { ReactNode } from "react";
import { Link, Router, useRoute } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { Avatar } from "../design/avatar";
import { Logo } from "../design/logo";
import { ConnectionLight } from "./connection-light";
import { useHub } from "./hub";
import { ThemeSwitch } from "./theme-switch";

const places = [["/", "Sessions", "/applications/*?"], ["/conversations", "Conversations", "/:at(conversations|spaces)/*?"], ["/server", "Server", "/server"]] as const;

/** The frame of every page: where one can go, whether the server is there, and who one is. */
export function Shell({ children, onSignOut }: { readonly children: ReactNode; readonly onSignOut: () => void }) {
  const { user } = useHub();
  return (
    <Router hook={useHashLocation}>
      <a className="skip" href="#main" onClick={skip}>Skip to the content</a>
      <header className="top">
        <Link href="/" className="brand" aria-label="RealtimeSessions, to the applications"><Logo /><span>RealtimeSessions</span></Link>
        <nav aria-label="Main">{places.map(place => <Place key={place[0]} place={place} />)}</nav>
        <ConnectionLight />
        <details className="menu">
          <summary aria-label={`${user.name}: menu`}><Avatar id={user.userId} name={user.name} /></summary>
          <div className="menu-body">
            <p><strong>{user.name}</strong><br /><span className="hint">{user.userId}</span></p>
            <ThemeSwitch />
            <button onClick={onSignOut}>Sign out</button>
          </div>
        </details>
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
    </Router>
  );
}

function Place({ place: [href, label, pattern] }: { readonly place: (typeof places)[number] }) {
  const [isBelow] = useRoute(pattern);
  const [isHere] = useRoute(href);
  return <Link href={href} aria-current={isHere ? "page" : isBelow ? "true" : undefined}>{label}</Link>;
}

/** The fragment is the page's address, so the jump is made by hand. */
function skip(event: { preventDefault(): void }) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
