import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  plugins: [react()],
  // These two are for the package from this repository; one that npm installs needs neither. It has a React for its own tests beside it, and is a link.
  resolve: { dedupe: ["react", "react-dom"] },
  optimizeDeps: { include: ["realtime-sessions", "realtime-sessions/react"] },
});
