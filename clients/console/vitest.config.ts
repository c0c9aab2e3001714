import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { dedupe: ["react", "react-dom"] },
  test: { include: ["test/**/*.test.{ts,tsx}"], setupFiles: ["test/support/patience.ts"], pool: "threads", maxWorkers: 2, testTimeout: 30_000 },
});
