/** The server's address: the console is in its folder `console/`. */
export const serverUrl = new URL("../", document.baseURI);
