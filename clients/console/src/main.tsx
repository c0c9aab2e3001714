import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

createRoot(document.getElementById("root")!).render(<StrictMode><h1>RealtimeSessions</h1></StrictMode>);
