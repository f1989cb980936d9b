-- The tables; safe to repeat. Times are microseconds since 1970, which no time zone and no calendar
-- touches. A payload is its codec and its bytes in one value, attributes are a JSON object.

create table if not exists world_lock (id int primary key);
merge into world_lock key (id) values (1);
create sequence if not exists numbers;

-- What a run was created from, what is looked up without reading its log, and who looks after it.
create table if not exists runs (
  run_id varchar primary key,
  number bigint default next value for numbers not null unique,
  workflow varchar not null,
  deployment_id varchar not null,
  spec_version int not null,
  task_queue varchar not null,
  input blob,
  run_key varchar,
  input_hash varchar,
  attributes clob not null,
  execution_context blob,
  pin varchar,
  status varchar not null,
  last_position bigint not null,
  owner varchar,
  epoch bigint not null,
  due_at bigint,
  lost_attempts int not null,
  claimed_position bigint not null,
  stalled_at bigint,
  last_stall_at bigint,
  last_stall_cause varchar,
  stalled_reason clob,
  stalled_build varchar,
  -- Since when somebody keeps it from going on, why, and who.
  held_at bigint,
  held_reason clob,
  held_by clob,
  pinned_build varchar,
  -- What a log needs that holds newer types of events than its run was written with.
  protocol int not null,
  -- The run key, until the run has ended and another one has taken it.
  held_key varchar,
  -- Whose child it is, and in whose place it goes on.
  lineage varchar,
  unique (workflow, held_key)
);
create index if not exists runs_due on runs (due_at);

create table if not exists events (
  run_id varchar,
  position bigint,
  type varchar not null,
  correlation_id varchar,
  created_at bigint not null,
  occurred_at bigint not null,
  batch_id varchar not null,
  seen bigint not null,
  name varchar,
  branch varchar,
  site_index int,
  attempt int,
  text clob,
  worker clob,
  token varchar,
  other_run varchar,
  flag boolean,
  at_time bigint,
  payload blob,
  details clob,
  primary key (run_id, position)
);
create index if not exists events_of_batch on events (batch_id);

-- What an event says stands in its row, but what a run was created from stands in that of the run.
create view if not exists log as
  select e.*, workflow, deployment_id, spec_version, task_queue, input, run_key, input_hash,
    attributes, execution_context, pin, lineage
  from events e join runs r on r.run_id = e.run_id;

create table if not exists tokens (
  token varchar primary key,
  run_id varchar not null,
  hook_id varchar not null,
  -- Whether it came over from the run before, and no code has asked for it yet.
  carried boolean not null,
  number bigint default next value for numbers not null
);
create index if not exists tokens_of_run on tokens (run_id);

-- What one run owes to another.
create table if not exists relays (
  relay_id varchar primary key,
  number bigint default next value for numbers not null,
  target_run varchar not null,
  source_run varchar not null,
  type varchar not null,
  correlation_id varchar,
  name varchar,
  text clob,
  other_run varchar,
  flag boolean,
  occurred_at bigint not null,
  payload blob
);
create index if not exists relays_of_target on relays (target_run, number);
create index if not exists relays_of_source on relays (source_run);

-- The builds that are drained.
create table if not exists builds (
  build varchar primary key
);

-- How far queued steps have come; no fact, and so not in the log.
create table if not exists progress (
  run_id varchar,
  step_id varchar,
  attempt int not null,
  said_at bigint not null,
  details blob not null,
  primary key (run_id, step_id)
);

create table if not exists workers (
  worker_id varchar primary key,
  build varchar not null,
  registered_at bigint not null,
  lease_until bigint not null,
  dead boolean not null
);
