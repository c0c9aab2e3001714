import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  // Wherever the server's base path puts it.
  base: "./",
  plugins: [react()],
  // One React for the console and for the package beside it.
  resolve: { dedupe: ["react", "react-dom"] },
  optimizeDeps: { include: ["realtime-sessions", "realtime-sessions/react"] },
  // No inlined files: the page's security policy allows none. One style sheet: one of a part of its own that could not be loaded is not asked for again.
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 1_000, cssCodeSplit: false },
  // While one works on it, the server is beside it.
  server: { proxy: { "^/(api|dev|hub|console/settings.json)": { target: "http://localhost:5080", ws: true } } },
});
