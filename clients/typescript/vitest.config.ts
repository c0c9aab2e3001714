import { defineConfig } from "vitest/config";

export default defineConfig({
  // The random histories take some seconds, on a busy machine more than the usual five.
  test: { testTimeout: 30_000, include: ["test/**/*.test.{ts,tsx}"], pool: "threads", maxWorkers: 2 },
});
