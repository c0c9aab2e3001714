import type { ReactNode } from "react";
import { Link, Router, useLocation } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { Avatar } from "../design/avatar";
import { Logo } from "../design/logo";
import { Boundary } from "./boundary";
import { ConnectionBanner, ConnectionLight } from "./connection-light";
import { useHub } from "./hub";
import { ThemeSwitch } from "./theme-switch";
import { SignOut, useLeaveWarning } from "./unsent";
import { useConnection } from "./use-connection";

/** The places of the menu: each with what the addresses of the pages in it begin with. */
const places = [
  { href: "/", label: "Sessions", holds: /^\/$|^\/applications\// },
  { href: "/conversations", label: "Conversations", holds: /^\/(conversations|spaces)\b/ },
  { href: "/server", label: "Server", holds: /^\/server$/ },
] as const;

interface ShellProps {
  readonly children: ReactNode;
  /** To sign in again, where that has ended. */
  readonly onSignIn: () => void;
  readonly onSignOut: () => void;
}

/** The frame of every page: where one can go, whether the server is there, and who one is. */
export function Shell({ children, onSignIn, onSignOut }: ShellProps) {
  const { user } = useHub();
  const status = useConnection();
  useLeaveWarning();
  return (
    <Router hook={useHashLocation}>
      <a className="skip" href="#main" onClick={skip}>Skip to the content</a>
      <header className="top">
        <Link href="/" className="brand" aria-label="RealtimeSessions, to the applications"><Logo /><span>RealtimeSessions</span></Link>
        <nav aria-label="Main">{places.map(place => <Place key={place.href} {...place} />)}</nav>
        <ConnectionLight status={status} />
        <details className="menu">
          <summary aria-label={`${user.name}: menu`}><Avatar id={user.userId} name={user.name} /></summary>
          <div className="menu-body">
            <p><strong>{user.name}</strong><br /><span className="hint">{user.userId}</span></p>
            <ThemeSwitch />
            <SignOut onSignOut={onSignOut} />
          </div>
        </details>
      </header>
      <ConnectionBanner status={status} onSignIn={onSignIn} />
      <main id="main" tabIndex={-1}><AtItsAddress>{children}</AtItsAddress></main>
    </Router>
  );
}

/** Where the page at one address cannot be shown, those at others can. */
function AtItsAddress({ children }: { readonly children: ReactNode }) {
  const [location] = useLocation();
  return <Boundary of={location}>{children}</Boundary>;
}

function Place({ href, label, holds }: (typeof places)[number]) {
  const [location] = useLocation();
  return <Link href={href} aria-current={location === href ? "page" : holds.test(location) ? "true" : undefined}>{label}</Link>;
}

/** The fragment is the page's address, so the jump is made by hand. */
function skip(event: { preventDefault(): void }) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
