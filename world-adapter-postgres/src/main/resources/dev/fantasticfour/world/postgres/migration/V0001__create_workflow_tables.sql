-- The tables of World. Lock: none that anybody waits for, all objects are new. Rewrite: none.
-- Identifiers and tokens are compared byte by byte (collate "C"), whatever the database's locale is.
--
-- A payload takes three columns. X holds the JSON document as it was given. Where PostgreSQL could
-- not read it (NUL, lone surrogates, too deep, not JSON at all) the exact bytes are in X_bytes, and X
-- holds a readable copy, or null when there is none. X_codec names the codec when it is not json.

-- What happened to runs. Written when a run is created, starts and ends; whatever changes in between
-- stands in workflow_custody.
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
  started_at              timestamptz(6),
  completed_at            timestamptz(6),
  deployment_id           text not null,
  spec_version            integer not null,
  task_queue              text not null,
  run_key                 text collate "C",
  -- Null of a run without a key, and of one that has ended and whose key another run has taken since.
  run_key_hash            bytea,
  input_hash              text,
  execution_context       json,
  -- What its creation says of workflow_custody.pinned_build.
  pin                     text,
  -- True of a run that failed or was cancelled, null of all others: so that an index finds those few,
  -- and costs the end of the others nothing.
  unsuccessful            boolean,
  -- Of a run that is over: where its log ends, and how often it was claimed.
  last_position           bigint,
  epoch                   bigint,
  -- Of a run that ended with signals that its code had not taken: how many. Null of all others.
  unread_signals          integer,
  -- Of a child, of a run that goes on in place of another, and of one that began with the log of
  -- another: where it comes from; of one that has a deadline: that, in microseconds since 1970. Null
  -- of most.
  lineage                 jsonb,
  parent_run_id           text collate "C" generated always as (lineage ->> 'parent') stored,
  root_run_id             text collate "C" generated always as (lineage ->> 'root') stored,
  chain_id                text collate "C" generated always as (lineage ->> 'chain') stored,
  copy_of                 text collate "C" generated always as (lineage ->> 'copy_of') stored,
  deadline_at             timestamptz(6) generated always as
    (to_timestamp((lineage ->> 'deadline')::double precision / 1000000)) stored,
  -- The run that goes on in its place.
  continued_to            text collate "C",
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
) with (fillfactor = 80);

-- RunMapper.runs, of one workflow.
create index workflow_runs_workflow_created_at on workflow_runs (workflow, created_at, run_id);
-- RunMapper.runs, of all workflows.
create index workflow_runs_created_at on workflow_runs (created_at, run_id);
-- RunMapper.runs, of those that failed or were cancelled.
create index workflow_runs_unsuccessful on workflow_runs (created_at, run_id) where unsuccessful;
-- RunMapper.runs, by attributes. Most runs have none, and cost nothing here.
create index workflow_runs_attributes on workflow_runs using gin (attributes jsonb_path_ops)
  where attributes <> '{}';
-- RunMapper.runByKey, and the key of a run is unique. Keys may be longer than an index entry, so that
-- their SHA-256 is what is unique.
create unique index workflow_runs_run_key on workflow_runs (workflow, run_key_hash)
  where run_key_hash is not null;

-- RunMapper.runs, of a family: most runs have none, and cost nothing here.
create index workflow_runs_parent on workflow_runs (parent_run_id, created_at, run_id)
  where parent_run_id is not null;
-- RunMapper.runs, of all below a run.
create index workflow_runs_root on workflow_runs (root_run_id, created_at, run_id)
  where root_run_id is not null;
-- RunMapper.runs, of a chain.
create index workflow_runs_chain on workflow_runs (chain_id, created_at, run_id)
  where chain_id is not null;

-- RunMapper.runs, of those that began with the log of another.
create index workflow_runs_copy_of on workflow_runs (copy_of, created_at, run_id)
  where copy_of is not null;

-- Who looks after a run, when, and where its log ends by now: one narrow row for each run that is not
-- settled. Nothing here is folded from the log (law L1), and it goes when the run has ended and its
-- owner is done with it. Updates of what no index holds stay within their page.
create table workflow_custody (
  run_id           text collate "C" not null primary key,
  -- p, r, e: pending, running, ended.
  phase            "char" not null,
  -- As in workflow_runs. RunMapper.live sorts by it: what is live is read without what is over.
  created_at       timestamptz(6) not null,
  owner            text collate "C",
  epoch            bigint not null,
  due_at           timestamptz(6),
  -- Where the log ends, and with what time.
  position         bigint not null,
  updated_at       timestamptz(6) not null,
  -- The last event that no owner wrote.
  other_position   bigint not null,
  claimed_position bigint not null,
  -- Whether the run ever had a hook or a wait, which go with its end.
  holds            boolean not null default false,
  -- Whether it may owe relays: what it has sent and nobody has moved yet.
  owes             boolean not null default false,
  -- Whether it has a parent or ever had a child, who hear of its end.
  kin              boolean not null default false,
  -- Whether a step of it was ever written down before it was over: until then what is said of a step
  -- is said for the first time.
  opened           boolean not null default false,
  lost_attempts    integer not null default 0,
  spec_version     integer not null,
  task_queue       text not null,
  workflow         text collate "C" not null,
  stalled_at       timestamptz(6),
  stalled_reason   text,
  stalled_build    text,
  -- When it was let stand last and what kind of reason it was: it stands for it as long as stalled_at
  -- is set; afterwards the two tell what it was.
  last_stall_at    timestamptz(6),
  last_stall_cause text check (last_stall_cause in ('code', 'workers_lost', 'error')),
  -- The one build that may have the run while it is open; null = any, empty = the one that takes it
  -- first.
  pinned_build     text,
  -- Since when somebody keeps it from going on, why, and who; null = nobody does.
  held_at          timestamptz(6),
  held_reason      text,
  held_by          text
) with (fillfactor = 50);

-- CustodyMapper.due. However many runs are held, nobody walks them.
create index workflow_custody_due on workflow_custody (due_at)
  where due_at is not null and held_at is null;
-- CustodyMapper.standing, and RunMapper.runs of those that stand.
create index workflow_custody_stalled on workflow_custody (run_id) where stalled_at is not null;

-- WorkerMapper.beatAndJudge.
create index workflow_custody_held on workflow_custody (run_id) where held_at is not null;

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
  -- The run that is in the way, that goes on instead, that is the child, or that something is sent to.
  other_run_id       text,
  -- Whether a hook is a webhook; whether a change was taken.
  flag               boolean,
  started_at         timestamptz(6),
  retry_at           timestamptz(6),
  resume_at          timestamptz(6),
  error_code         text,
  reason             text,
  -- What few types say: those of signals, attributes, children and permits. Of run_created what
  -- attributes the run began with.
  details            jsonb,
  -- The input of run_created is workflow_runs.input.
  payload            json,
  payload_bytes      bytea,
  payload_codec      text,
  primary key (run_id, position)
);

-- append_v1 and AppendMapper.runOfBatch: was what somebody else sends appended before? Where a creation
-- is says its run.
create index workflow_events_batch_id on workflow_events (batch_id) where seen < 0 and position > 1;
-- append_v1 and AppendMapper.hookState: was there such a hook before?
create index workflow_events_hook_created on workflow_events (run_id, correlation_id)
  where type in ('hook_created', 'hook_carried');

create table workflow_steps (
  run_id          text collate "C" not null,
  step_id         text collate "C" not null,
  name            text not null,
  branch          text not null,
  status          text not null
    check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
  attempt         integer not null,
  failed_attempts integer not null,
  lost_attempts   integer not null,
  input           json,
  output          json,
  error           json,
  error_code      text,
  created_at      timestamptz(6) not null,
  updated_at      timestamptz(6) not null,
  started_at      timestamptz(6),
  completed_at    timestamptz(6),
  retry_after     timestamptz(6),
  input_bytes     bytea,
  input_codec     text,
  output_bytes    bytea,
  output_codec    text,
  error_bytes     bytea,
  error_codec     text,
  -- How far the body of a queued step said that it has come, which of its attempts said so, and when.
  -- Not folded from the log (law L1).
  progress         json,
  progress_bytes   bytea,
  progress_codec   text,
  progress_attempt integer,
  progress_at      timestamptz(6),
  primary key (run_id, step_id)
) with (fillfactor = 85);

-- CustodyMapper.unwatched: from the few steps that are not over to runs that nobody looks after.
create index workflow_steps_open on workflow_steps (run_id) where completed_at is null;

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
  -- True of one that came over from the run before and that no code has asked for yet.
  carried        boolean,
  created_at     timestamptz(6) not null,
  primary key (run_id, hook_id)
);

-- EntityMapper.hookByToken, and the token of a live hook is unique.
create unique index workflow_hooks_token on workflow_hooks (token_hash);
-- EntityMapper.hooks, of all runs.
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

-- What runs show of themselves: the newest state of each name. Its value stands in its event.
create table workflow_published (
  run_id     text collate "C" not null,
  name       text collate "C" not null,
  position   bigint not null,
  updated_at timestamptz(6) not null,
  primary key (run_id, name)
);

-- How runs go where their code was changed.
create table workflow_changes (
  run_id    text collate "C" not null,
  change_id text collate "C" not null,
  taken     boolean not null,
  position  bigint not null,
  primary key (run_id, change_id)
);

-- How far updates have come. Request and answer stand in their events.
create table workflow_update_stages (
  run_id       text collate "C" not null,
  update_id    text collate "C" not null,
  name         text not null,
  status       text not null
    check (status in ('requested', 'accepted', 'rejected', 'completed', 'failed')),
  requested    bigint not null,
  answered     bigint,
  created_at   timestamptz(6) not null,
  accepted_at  timestamptz(6),
  completed_at timestamptz(6),
  primary key (run_id, update_id)
);

-- The runs that runs have started, and how far they have come as far as those know.
create table workflow_children (
  run_id       text collate "C" not null,
  child_id     text collate "C" not null,
  child_run_id text collate "C" not null,
  workflow     text collate "C" not null,
  close_policy text not null check (close_policy in ('request_cancel', 'terminate', 'abandon')),
  status       text not null check (status in ('open', 'completed', 'failed', 'cancelled')),
  created_at   timestamptz(6) not null,
  completed_at timestamptz(6),
  primary key (run_id, child_id)
);

-- What one run owes to another: an event for its log, written with the event that causes it and moved
-- in a unit of its own, with which the row goes.
create table workflow_relays (
  seq            bigint generated always as identity,
  relay_id       text collate "C" not null,
  target_run_id  text collate "C" not null,
  source_run_id  text collate "C" not null,
  type           text not null,
  correlation_id text collate "C",
  name           text,
  other_run_id   text,
  flag           boolean,
  error_code     text,
  reason         text,
  occurred_at    timestamptz(6) not null,
  payload        json,
  payload_bytes  bytea,
  payload_codec  text,
  primary key (target_run_id, seq)
);

-- append_v1, reschedule_v1 and RelayMapper.owed: does a run still owe any?
create index workflow_relays_source on workflow_relays (source_run_id);

-- One row per incarnation of a process. A worker without a row counts as dead.
create table workflow_workers (
  worker_id     text collate "C" not null primary key,
  build_id      text not null,
  registered_at timestamptz(6) not null,
  lease_until   timestamptz(6) not null,
  dead          boolean not null default false
);

-- The builds that are drained: their workers take only runs that are pinned to them.
create table workflow_builds (
  build_id   text not null primary key,
  drained_at timestamptz(6) not null
);

-- A run and who looks after it: what RunMapper reads.
create view workflow_run_records as
  select
    r.*, coalesce(c.updated_at, r.completed_at) as updated_at,
    coalesce(c.position, r.last_position) as log_end, coalesce(c.epoch, r.epoch) as claims, c.owner,
    c.due_at, coalesce(c.lost_attempts, 0) as lost_attempts, c.stalled_at, c.stalled_reason,
    c.last_stall_at, c.last_stall_cause, c.pinned_build, c.held_at, c.held_reason, c.held_by
  from workflow_runs r
  left join workflow_custody c on c.run_id = r.run_id;

-- The runs that are not settled, with owner, lease and due time, for people.
create view workflow_runs_live as
  select
    r.run_id, r.workflow, r.status, r.input, r.attributes, r.created_at, r.started_at,
    r.completed_at, c.updated_at, r.deployment_id, r.spec_version, r.task_queue, r.run_key,
    c.position as last_position, c.owner, w.lease_until, c.epoch, c.due_at, c.lost_attempts,
    c.stalled_at, c.stalled_reason, c.last_stall_at, c.last_stall_cause, c.pinned_build,
    r.parent_run_id, r.root_run_id, r.chain_id, c.held_at, c.held_reason, c.held_by
  from workflow_custody c
  join workflow_runs r on r.run_id = c.run_id
  left join workflow_workers w on w.worker_id = c.owner and not w.dead;

-- What runs show of themselves, with its value, for people.
create view workflow_states as
  select
    p.run_id, p.name, e.payload as value, e.payload_bytes as value_bytes,
    e.payload_codec as value_codec, p.position, p.updated_at
  from workflow_published p
  join workflow_events e on e.run_id = p.run_id and e.position = p.position;

-- Updates with their requests and answers, for people.
create view workflow_updates as
  select
    u.run_id, u.update_id, u.name, u.status, q.payload as request, q.payload_bytes as request_bytes,
    q.payload_codec as request_codec,
    case when u.status = 'completed' then a.payload end as result,
    case when u.status = 'completed' then a.payload_bytes end as result_bytes,
    case when u.status = 'completed' then a.payload_codec end as result_codec,
    case when u.status in ('rejected', 'failed') then a.payload end as error,
    case when u.status in ('rejected', 'failed') then a.payload_bytes end as error_bytes,
    case when u.status in ('rejected', 'failed') then a.payload_codec end as error_codec,
    a.error_code, u.created_at, u.accepted_at, u.completed_at
  from workflow_update_stages u
  join workflow_events q on q.run_id = u.run_id and q.position = u.requested
  left join workflow_events a on a.run_id = u.run_id and a.position = u.answered;

-- An attribute of a run, of whatever kind, as a number, a text or a time; null where it is something
-- else, so that one odd row breaks no report. A time is text in UTC with six digits of a second, whose
-- order is that of time. RunMapper.runs asks with them, and indexes are made of them.
create function workflow_attribute_number(attributes jsonb, key text) returns numeric
language sql immutable parallel safe as $$
  select case jsonb_typeof(attributes -> key) when 'number' then (attributes ->> key)::numeric end
$$;

create function workflow_attribute_text(attributes jsonb, key text) returns text
language sql immutable parallel safe as $$
  select case jsonb_typeof(attributes -> key) when 'string' then attributes ->> key end
$$;

create function workflow_attribute_time(attributes jsonb, key text) returns text
language sql immutable parallel safe as $$
  select case when jsonb_typeof(attributes -> key) = 'string' and attributes ->> key
    ~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])(:[0-5]\d){2}[.]\d{6}Z$'
    then attributes ->> key end
$$;
