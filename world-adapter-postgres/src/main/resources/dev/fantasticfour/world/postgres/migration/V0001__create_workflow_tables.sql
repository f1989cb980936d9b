-- The tables of World. Lock: none that anybody waits for, all objects are new. Rewrite: none.
-- Identifiers and tokens are compared byte by byte (collate "C"), whatever the database's locale is.
--
-- A payload takes three columns. X holds the JSON document as it was given. Where PostgreSQL could
-- not read it (NUL, lone surrogates, too deep, not JSON at all) the exact bytes are in X_bytes, and X
-- holds a readable copy, or null when there is none. X_codec names the codec when it is not json.

create table workflow_runs (
  run_id                  text collate "C" not null primary key,
  workflow                text collate "C" not null,
  status                  text not null
    check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
  input                   json,
  output                  json,
  error                   json,
  error_code              text,
  reason                  text,
  attributes              jsonb not null default '{}',
  created_at              timestamptz(6) not null,
  updated_at              timestamptz(6) not null,
  started_at              timestamptz(6),
  completed_at            timestamptz(6),
  deployment_id           text not null,
  spec_version            integer not null,
  task_queue              text not null,
  run_key                 text collate "C",
  run_key_hash            bytea,
  input_hash              text,
  execution_context       json,
  last_position           bigint not null,
  -- Who looks after the run: no facts, and nothing below is folded from the log.
  owner                   text collate "C",
  epoch                   bigint not null default 0,
  due_at                  timestamptz(6),
  claimed_position        bigint not null default 0,
  lost_attempts           integer not null default 0,
  stalled_at              timestamptz(6),
  stalled_reason          text,
  stalled_build           text,
  last_other_position     bigint not null default 0,
  last_batch_id           text collate "C",
  last_batch_position     bigint,
  -- Payloads that json cannot hold.
  input_bytes             bytea,
  input_codec             text,
  output_bytes            bytea,
  output_codec            text,
  error_bytes             bytea,
  error_codec             text,
  execution_context_bytes bytea,
  execution_context_codec text,
  check ((status in ('completed', 'failed', 'cancelled')) = (completed_at is not null))
) with (fillfactor = 70);

create index workflow_runs_status_created_at on workflow_runs (status, created_at, run_id);
create index workflow_runs_workflow_created_at on workflow_runs (workflow, created_at, run_id);
create index workflow_runs_created_at on workflow_runs (created_at, run_id);
create index workflow_runs_attributes on workflow_runs using gin (attributes jsonb_path_ops);
create index workflow_runs_due on workflow_runs (due_at) where due_at is not null;
create index workflow_runs_owner on workflow_runs (owner)
  where owner is not null and (status in ('pending', 'running') or due_at is not null);
create index workflow_runs_stalled on workflow_runs (created_at, run_id)
  where stalled_at is not null;
-- Keys may be longer than an index entry, so that their SHA-256 is what is unique.
create unique index workflow_runs_run_key on workflow_runs (workflow, run_key_hash)
  where run_key is not null;

create table workflow_events (
  run_id             text collate "C" not null,
  position           bigint not null,
  type               text not null,
  correlation_id     text collate "C",
  created_at         timestamptz(6) not null,
  occurred_at        timestamptz(6) not null,
  batch_id           text collate "C" not null,
  -- What the owner's code had been told of; -1 on events that the owner did not write.
  seen               bigint not null,
  name               text,
  branch             text,
  site_index         integer,
  attempt            integer,
  worker             text,
  token              text,
  conflicting_run_id text,
  webhook            boolean,
  started_at         timestamptz(6),
  retry_at           timestamptz(6),
  resume_at          timestamptz(6),
  error_code         text,
  reason             text,
  -- The input of run_created is workflow_runs.input.
  payload            json,
  payload_bytes      bytea,
  payload_codec      text,
  primary key (run_id, position)
);

create index workflow_events_correlation_id
  on workflow_events (correlation_id, run_id, position) where correlation_id is not null;
create index workflow_events_batch_id on workflow_events (batch_id) where seen < 0;

create table workflow_steps (
  run_id       text collate "C" not null,
  step_id      text collate "C" not null,
  name         text not null,
  branch       text not null,
  status       text not null
    check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
  attempt      integer not null,
  input        json,
  output       json,
  error        json,
  error_code   text,
  created_at   timestamptz(6) not null,
  updated_at   timestamptz(6) not null,
  started_at   timestamptz(6),
  completed_at timestamptz(6),
  retry_after  timestamptz(6),
  input_bytes  bytea,
  input_codec  text,
  output_bytes bytea,
  output_codec text,
  error_bytes  bytea,
  error_codec  text,
  primary key (run_id, step_id)
) with (fillfactor = 85);

-- Live hooks only: a row goes when its hook is disposed or its run ends. Tokens may be longer than an
-- index entry, so that their SHA-256 is what is unique.
create table workflow_hooks (
  run_id         text collate "C" not null,
  hook_id        text collate "C" not null,
  name           text not null,
  token          text collate "C" not null,
  token_hash     bytea not null,
  metadata       json,
  metadata_bytes bytea,
  metadata_codec text,
  webhook        boolean,
  created_at     timestamptz(6) not null,
  primary key (run_id, hook_id)
);

create unique index workflow_hooks_token on workflow_hooks (token_hash);
create index workflow_hooks_created_at on workflow_hooks (created_at, run_id, hook_id);

-- Waits of runs that have not ended.
create table workflow_waits (
  run_id       text collate "C" not null,
  wait_id      text collate "C" not null,
  name         text not null,
  status       text not null check (status in ('waiting', 'completed', 'cancelled')),
  resume_at    timestamptz(6) not null,
  created_at   timestamptz(6) not null,
  completed_at timestamptz(6),
  primary key (run_id, wait_id)
);

-- One row per incarnation of a process. A worker without a row counts as dead.
create table workflow_workers (
  worker_id     text collate "C" not null primary key,
  build_id      text not null,
  registered_at timestamptz(6) not null,
  lease_until   timestamptz(6) not null,
  dead          boolean not null default false
);
