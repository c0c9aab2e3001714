// A way to the server that can be cut.
import { connect, createServer } from "node:net";

export async function openGate(url) {
  const { hostname, port } = new URL(url);
  const sockets = new Set();
  let open = true;
  const server = createServer(inside => {
    if (!open) return void inside.destroy();
    const outside = connect(Number(port), hostname);
    for (const [from, to] of [[inside, outside], [outside, inside]]) {
      sockets.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy()).on("close", () => (sockets.delete(from), to.destroy()));
    }
  });
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Everything that goes through is cut; while it is shut, nothing goes through. */
    cut({ shut = false } = {}) {
      open = !shut;
      for (const socket of sockets) socket.destroy();
    },
    open: () => void (open = true),
    close: () => (server.close(), sockets.forEach(socket => socket.destroy())),
  };
}
