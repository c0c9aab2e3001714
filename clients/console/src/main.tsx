import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { restoreTheme } from "./app/theme-switch";
import "./design/tokens.css";
import "./design/controls.css";
import "./design/layout.css";

restoreTheme();
createRoot(document.getElementById("root")!).render(<StrictMode><App /></StrictMode>);
