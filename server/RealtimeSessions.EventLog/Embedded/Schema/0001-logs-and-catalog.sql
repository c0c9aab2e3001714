-- Version 1: event logs and catalog. Times are Unix milliseconds in UTC, event ids 16 bytes in the order of their text.

-- One row for each log that exists or was deleted (a tombstone: deleted = 1, and nothing else of it is left). It is not written with every
-- append: events after its head count, with their payloads, until something else of the log changes.
CREATE TABLE log (
    id             INTEGER PRIMARY KEY,
    name           TEXT    NOT NULL UNIQUE,
    epoch          TEXT    NOT NULL,
    head           INTEGER NOT NULL DEFAULT 0,  -- sequence of the last event when the row was written
    head_event_id  BLOB,                        -- that event's id, NULL or zeros before the first
    first          INTEGER NOT NULL DEFAULT 1,  -- lowest sequence kept; first - 1 is where the base snapshot stands
    guard          INTEGER NOT NULL DEFAULT 0,  -- sequence of the last event that changed rights
    sealed         INTEGER NOT NULL DEFAULT 0,
    deleted        INTEGER NOT NULL DEFAULT 0,
    snapshot       INTEGER NOT NULL DEFAULT 0,  -- sequence of the newest snapshot, latest or base
    snapshot_bytes INTEGER NOT NULL DEFAULT 0,  -- the size of its state
    pending_bytes  INTEGER NOT NULL DEFAULT 0,  -- payloads after it, up to the head
    writers        INTEGER NOT NULL DEFAULT 0   -- rows in the table writer
);

-- key = log.id << 36 | sequence: one log's events lie together, and an integer key is the fastest SQLite has.
-- It leaves room for 134 million logs of 68 billion events.
CREATE TABLE event (
    key        INTEGER PRIMARY KEY,
    event_id   BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    payload    BLOB    NOT NULL
);

-- The last append of each writer.
CREATE TABLE writer (
    log        INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    sequence   INTEGER NOT NULL,
    event_id   BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL,
    PRIMARY KEY (log, name)
) WITHOUT ROWID;

-- A writer's last sequence orders the writers of a log by their last use.
CREATE INDEX writer_by_use ON writer (log, sequence);

CREATE TABLE snapshot (
    log      INTEGER NOT NULL,
    kind     INTEGER NOT NULL,  -- 0 base, 1 latest
    sequence INTEGER NOT NULL,
    state    BLOB    NOT NULL,
    PRIMARY KEY (log, kind)
);

CREATE TABLE scope (
    id      INTEGER PRIMARY KEY,
    name    TEXT    NOT NULL UNIQUE,
    version INTEGER NOT NULL
);

-- A deleted document keeps its row and last version, without a body.
CREATE TABLE document (
    key     INTEGER PRIMARY KEY,
    scope   INTEGER NOT NULL,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL,
    body    BLOB,
    UNIQUE (scope, id)
);

-- The terms in use, with the number of documents that have them. Every document has the empty term.
CREATE TABLE term (
    id        INTEGER PRIMARY KEY,
    scope     INTEGER NOT NULL,
    text      TEXT    NOT NULL,
    documents INTEGER NOT NULL,
    UNIQUE (scope, text)
);

CREATE TABLE document_term (
    document INTEGER NOT NULL,
    term     INTEGER NOT NULL,
    PRIMARY KEY (document, term)
) WITHOUT ROWID;

CREATE TABLE document_order (
    document INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    value    INTEGER NOT NULL,
    PRIMARY KEY (document, name)
) WITHOUT ROWID;

-- For each document the product of its terms and its orders: a query walks one term's rows backwards.
CREATE TABLE posting (
    term       INTEGER NOT NULL,
    order_name TEXT    NOT NULL,
    value      INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    PRIMARY KEY (term, order_name, value, id)
) WITHOUT ROWID;
