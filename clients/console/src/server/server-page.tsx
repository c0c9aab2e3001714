export default function ServerPage() { return <p className="message">…</p>; }
