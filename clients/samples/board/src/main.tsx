import type { RealtimeClient } from "realtime-sessions";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { BoardPage } from "./board-page";
import { SignIn } from "./sign-in";
import "./style.css";

function App() {
  const [client, setClient] = useState<RealtimeClient>();
  return client ? <BoardPage client={client} /> : <SignIn onSignedIn={setClient} />;
}

createRoot(document.getElementById("root")!).render(<StrictMode><App /></StrictMode>);
