/** The product's sign: three lines of a log, and a cursor on one of them. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M7 10h18M7 16h12M7 22h15" />
      <circle cx="24" cy="16" r="3" />
    </svg>
  );
}
