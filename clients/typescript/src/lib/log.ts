/** How much a line of the log matters. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Takes the lines of the log. They never hold data, or a token. */
export type Logger = (level: LogLevel, message: string, details?: unknown) => void;

/** Warnings and errors go to the console. */
export const consoleLogger: Logger = (level, message, details) => {
  if (level === "warn" || level === "error") console[level](`[realtime-sessions] ${message}`, ...(details === undefined ? [] : [details]));
};
