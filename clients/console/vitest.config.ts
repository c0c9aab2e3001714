import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { dedupe: ["react", "react-dom"] },
  test: { include: ["test/**/*.test.{ts,tsx}"], pool: "threads", maxWorkers: 2 },
});
