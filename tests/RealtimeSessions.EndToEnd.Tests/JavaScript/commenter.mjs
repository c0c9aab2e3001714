// A client of the TypeScript library in a conversation, as actors.mjs drives it.
import { RealtimeClient } from "../../../clients/typescript/dist/index.js";

export class Commenter {
  #client; #conversation; #seen;

  open({ url, token, protocol }) {
    this.#client = new RealtimeClient({ url, accessToken: () => token, protocol });
    return this.#client.connect();
  }

  async join({ conversationId }) {
    this.#seen = { told: [], resets: 0, doubled: null, failures: [] };
    this.#conversation = await this.#client.joinConversation({ conversationId });
    this.#conversation.on("comment", ({ sequence }) => this.#seen.told.push(sequence));
    this.#conversation.on("reset", () => this.#seen.resets++);
    this.#conversation.on("refused", ({ error }) => this.#seen.failures.push(error.message));
    this.#conversation.on("change", ({ comments }) => {
      if (new Set(comments.map(({ comment }) => comment.content)).size < comments.length)
        this.#seen.doubled ??= comments.map(({ sequence, comment }) => `${sequence}:${comment.content}`).join(" ");
    });
  }

  /** Comments, and does not wait. */
  send({ content }) {
    void this.#conversation.sendComment(content);
  }

  async load() {
    while (this.#conversation.hasEarlier) await this.#conversation.loadEarlier();
  }

  view() {
    const { comments, info, syncStatus, position } = this.#conversation;
    return {
      comments: comments.map(({ sequence = null, comment: { commentId = 0, content } }) => ({ sequence, commentId, content })),
      name: info.name, status: syncStatus, sequence: position.sequence, ...this.#seen,
    };
  }

  leave() {
    return this.#conversation.leave();
  }

  close() {
    return this.#client.close();
  }
}
