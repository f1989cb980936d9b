-- The append of plain batches. Lock: none at creation.
--
-- Nearly all that is ever appended is plain: an owner that knows its whole log says what its steps came
-- to, or a run is created. Whether such a batch stands is decided by one look at the row of its run,
-- for all batches of a call in one statement; append_v1 judges draft by draft, which costs several
-- times as much. What is not in order here is left to append_v1, which knows the reason: this function
-- refuses nothing, it leaves out.
--
-- Per call: lock the runs in id order, skipping what others hold; those whose owner, epoch, status and
-- last position are what the batch was made for are accepted, and positions follow. The locking query
-- looks at nothing but the row it locks, the newest version of it, so that it may judge in the same
-- statement. The rows it then writes are protected by their keys: where one is not as the batch takes
-- it to be, nothing of the call is done (WR004) and all of it is left to append_v1.
--
-- Arguments are columns of three tables, joined by subscript; times are microseconds since 1970:
--   b_ batches; b_from holds p, r where the run may be pending, running, and is null for a creation;
--      b_start and b_end are the drafts that start and end the run; b_steps, b_waits and b_waited count
--      steps, waits created, waits ended; b_others the events that nobody's code was told of
--   d_ drafts, those of a batch from b_first to b_last, each of which becomes an event; about the
--      steps and waits of a batch there is one each
--   c_ what runs are created from
create function append_plain_v1(
  p_offset interval,
  b_run text[], b_id text[], b_owner text[], b_epoch bigint[], b_seen bigint[], b_due bigint[],
  b_first int[], b_last int[], b_from text[], b_status text[], b_start int[], b_end int[],
  b_others int[], b_steps int[], b_waits int[], b_waited int[],
  d_type text[], d_correlation text[], d_seen bigint[], d_occurred bigint[], d_status text[],
  d_name text[], d_branch text[], d_index int[], d_attempt int[], d_worker text[],
  d_started bigint[], d_retry bigint[], d_resume bigint[], d_code text[], d_reason text[],
  d_json text[], d_bytes bytea[], d_codec text[],
  c_batch int[], c_workflow text[], c_deployment text[], c_spec int[], c_queue text[], c_key text[],
  c_key_hash bytea[], c_input_hash text[], c_attributes text[], c_minted bigint[],
  c_json text[], c_bytes bytea[], c_codec text[],
  c_context_json text[], c_context_bytes bytea[], c_context_codec text[]
) returns table (o_now timestamptz, o_batch int[], o_late bigint[], o_queue text[])
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan set jit = off set lock_timeout = '5s'
set search_path = "${schema}", pg_temp
as $$
declare
  nb constant int := cardinality(b_id);
  nc constant int := coalesce(cardinality(c_batch), 0);
  zero constant timestamptz := 'epoch';
  tick constant interval := '1 microsecond';
  v_now timestamptz;
  -- The batches that stand: those of owners, with the place and the last event's time of their locked
  -- rows, then creations.
  k int[];
  k_place tid[];
  k_prev timestamptz[];
  k_queue text[];
  k_late bigint[];
  -- What runs are created from, of those that stand.
  k_born int[];
  -- The time of a batch's first event; each further one is a microsecond later.
  b_at timestamptz[];
  m_steps int := 0; m_waits int := 0; m_waited int := 0; m_ends boolean := false;
  b int;
  n int;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'append_plain_v1 needs READ COMMITTED' using errcode = 'WR002';
  end if;

  if nc < nb then
    select array_agg(x.b), array_agg(x.place), array_agg(x.updated_at), array_agg(x.task_queue)
    into k, k_place, k_prev, k_queue
    from (
      select g.b, w.ctid as place, w.updated_at, w.task_queue
      from generate_series(1, nb) as g(b)
      join workflow_runs w on w.run_id = b_run[g.b]
      where b_from[g.b] is not null and w.last_position = b_seen[g.b] and w.epoch = b_epoch[g.b]
        and w.owner = b_owner[g.b] and strpos(b_from[g.b], left(w.status, 1)) > 0
      order by w.run_id
      for no key update of w skip locked) x;
  end if;

  v_now := clock_timestamp() + p_offset;

  if nc > 0 then
    select array_agg(g.c) into k_born
    from generate_series(1, nc) as g(c)
    where zero + c_minted[g.c] * tick >= date_trunc('milliseconds', v_now) - interval '24 hours'
      and zero + c_minted[g.c] * tick <= date_trunc('milliseconds', v_now) + interval '5 minutes'
      and not exists (select from workflow_runs w where w.run_id = b_run[c_batch[g.c]])
      and (c_key[g.c] is null or not exists (
        select from workflow_runs w
        where w.workflow = c_workflow[g.c] and w.run_key_hash = c_key_hash[g.c]
          and w.run_key is not null));
    for i in 1..coalesce(cardinality(k_born), 0) loop
      n := coalesce(cardinality(k), 0) + 1;
      k[n] := c_batch[k_born[i]];
      k_queue[n] := c_queue[k_born[i]];
    end loop;
  end if;

  o_now := v_now;
  if k is null then
    return next; return;
  end if;

  for i in 1..cardinality(k) loop
    b := k[i];
    b_at[b] := greatest(v_now, k_prev[i] + tick);
    k_late[i] := 0;
    if b_at[b] > v_now then
      k_late[i] := round(extract(epoch from b_at[b] - v_now) * 1000000);
    end if;
    m_steps := m_steps + b_steps[b]; m_waits := m_waits + b_waits[b];
    m_waited := m_waited + b_waited[b];
    m_ends := m_ends or b_end[b] is not null;
  end loop;

  if k_born is not null then
    insert into workflow_runs (
      run_id, workflow, status, input, attributes, created_at, updated_at, started_at,
      deployment_id, spec_version, task_queue, run_key, run_key_hash, input_hash, execution_context,
      last_position, owner, epoch, due_at, claimed_position, last_other_position, last_batch_id,
      last_batch_position, input_bytes, input_codec, execution_context_bytes,
      execution_context_codec)
    select
      b_run[u.b], c_workflow[u.c], b_status[u.b], c_json[u.c]::json, c_attributes[u.c]::jsonb, v_now,
      v_now + (b_last[u.b] - b_first[u.b]) * tick,
      v_now + (b_start[u.b] - b_first[u.b]) * tick,
      c_deployment[u.c], c_spec[u.c], c_queue[u.c], c_key[u.c], c_key_hash[u.c], c_input_hash[u.c],
      c_context_json[u.c]::json, b_last[u.b] - b_first[u.b] + 1, b_owner[u.b],
      case when b_owner[u.b] is null then 0 else 1 end, '-infinity',
      case when b_owner[u.b] is null then 0 else b_last[u.b] - b_first[u.b] + 1 end,
      b_others[u.b], case when b_owner[u.b] is not null then b_id[u.b] end,
      case when b_owner[u.b] is not null then 1 end,
      c_bytes[u.c], c_codec[u.c], c_context_bytes[u.c], c_context_codec[u.c]
    from (select g.c, c_batch[g.c] as b from unnest(k_born) as g(c)) u
    order by c_workflow[u.c], c_key_hash[u.c], b_run[u.b]
    on conflict do nothing;
    get diagnostics n = row_count;
    if n <> cardinality(k_born) then
      raise exception 'run or run key taken meanwhile' using errcode = 'WR004';
    end if;
  end if;

  -- A step has its columns from the event about it.
  with ev as (
    insert into workflow_events (
      run_id, position, type, correlation_id, created_at, occurred_at, batch_id, seen, name, branch,
      site_index, attempt, worker, started_at, retry_at, resume_at, error_code, reason, payload,
      payload_bytes, payload_codec)
    select
      b_run[u.b], b_seen[u.b] + d - b_first[u.b] + 1, d_type[d], d_correlation[d],
      b_at[u.b] + (d - b_first[u.b]) * tick, zero + d_occurred[d] * tick, b_id[u.b], d_seen[d],
      d_name[d], d_branch[d], d_index[d], d_attempt[d], d_worker[d],
      zero + d_started[d] * tick, zero + d_retry[d] * tick, zero + d_resume[d] * tick,
      d_code[d], d_reason[d], d_json[d]::json, d_bytes[d], d_codec[d]
    from unnest(k) as u(b)
    cross join lateral generate_series(b_first[u.b], b_last[u.b]) as d
    returning
      run_id, type, correlation_id, created_at, name, branch, attempt, started_at, retry_at,
      error_code, payload, payload_bytes, payload_codec)
  insert into workflow_steps as s (
    run_id, step_id, name, branch, status, attempt, input, output, error, error_code, created_at,
    updated_at, started_at, completed_at, retry_after, input_bytes, input_codec, output_bytes,
    output_codec, error_bytes, error_codec)
  select
    run_id, correlation_id, name, branch,
    case type when 'step_completed' then 'completed' when 'step_failed' then 'failed'
              when 'step_started' then 'running' when 'step_cancelled' then 'cancelled'
              else 'pending' end,
    coalesce(attempt, 0),
    case when type = 'step_created' then payload end,
    case when type = 'step_completed' then payload end,
    case when type in ('step_failed', 'step_retrying') then payload end,
    error_code, created_at, created_at,
    case when type = 'step_started' then created_at else started_at end,
    case when type in ('step_completed', 'step_failed', 'step_cancelled') then created_at end,
    retry_at,
    case when type = 'step_created' then payload_bytes end,
    case when type = 'step_created' then payload_codec end,
    case when type = 'step_completed' then payload_bytes end,
    case when type = 'step_completed' then payload_codec end,
    case when type in ('step_failed', 'step_retrying') then payload_bytes end,
    case when type in ('step_failed', 'step_retrying') then payload_codec end
  from ev
  where type like 'step%'
  on conflict (run_id, step_id) do update set
    status = excluded.status,
    attempt = case when excluded.attempt = 0 then s.attempt else excluded.attempt end,
    updated_at = excluded.updated_at,
    started_at = coalesce(s.started_at, excluded.started_at),
    completed_at = excluded.completed_at,
    retry_after = excluded.retry_after,
    output = excluded.output,
    output_bytes = excluded.output_bytes,
    output_codec = excluded.output_codec,
    error = case when excluded.status in ('failed', 'pending') then excluded.error else s.error end,
    error_bytes = case when excluded.status in ('failed', 'pending') then excluded.error_bytes
                       else s.error_bytes end,
    error_codec = case when excluded.status in ('failed', 'pending') then excluded.error_codec
                       else s.error_codec end,
    error_code = case when excluded.status = 'failed' then excluded.error_code
                      else s.error_code end
  -- Not over something that has ended, and nothing is created twice.
  where s.status in ('pending', 'running')
    and (excluded.status <> 'pending' or excluded.attempt > 0);
  get diagnostics n = row_count;
  if n <> m_steps then
    raise exception 'a step is not as it was taken to be' using errcode = 'WR004';
  end if;

  if m_waits > 0 then
    insert into workflow_waits (run_id, wait_id, name, status, resume_at, created_at)
    select
      b_run[u.b], d_correlation[d], coalesce(d_name[d], ''), d_status[d], zero + d_resume[d] * tick,
      b_at[u.b] + (d - b_first[u.b]) * tick
    from unnest(k) as u(b)
    cross join lateral generate_series(b_first[u.b], b_last[u.b]) as d
    where b_waits[u.b] > 0 and d_type[d] = 'wait_created'
    on conflict do nothing;
    get diagnostics n = row_count;
    if n <> m_waits then
      raise exception 'a wait was there already' using errcode = 'WR004';
    end if;
  end if;

  if m_waited > 0 then
    update workflow_waits w set
      status = d_status[x.d], completed_at = b_at[x.b] + (x.d - b_first[x.b]) * tick
    from (
      select u.b, d from unnest(k) as u(b)
      cross join lateral generate_series(b_first[u.b], b_last[u.b]) as d
      where b_waited[u.b] > 0 and d_type[d] in ('wait_completed', 'wait_cancelled')) x
    where w.run_id = b_run[x.b] and w.wait_id = d_correlation[x.d] and w.status = 'waiting';
    get diagnostics n = row_count;
    if n <> m_waited then
      raise exception 'a wait is not as it was taken to be' using errcode = 'WR004';
    end if;
  end if;

  if k_place is not null then
    update workflow_runs w set
      status = coalesce(b_status[u.b], w.status),
      updated_at = b_at[u.b] + (b_last[u.b] - b_first[u.b]) * tick,
      started_at = coalesce(w.started_at, b_at[u.b] + (b_start[u.b] - b_first[u.b]) * tick),
      last_position = b_seen[u.b] + b_last[u.b] - b_first[u.b] + 1,
      due_at = case when b_due[u.b] = -9223372036854775808 then '-infinity'
                    else zero + b_due[u.b] * tick end,
      last_batch_id = b_id[u.b], last_batch_position = b_seen[u.b] + 1,
      stalled_at = null, stalled_reason = null, stalled_build = null
    from (
      select k[g.i] as b, k_place[g.i] as place
      from generate_series(1, cardinality(k_place)) as g(i)
      where b_end[k[g.i]] is null) u
    where w.ctid = u.place;
  end if;

  if m_ends then
    delete from workflow_hooks h using unnest(k) as u(b)
    where b_end[u.b] is not null and h.run_id = b_run[u.b];
    delete from workflow_waits w using unnest(k) as u(b)
    where b_end[u.b] is not null and w.run_id = b_run[u.b];
    update workflow_runs w set
      status = b_status[u.b], updated_at = u.at, completed_at = u.at,
      started_at = coalesce(w.started_at, b_at[u.b] + (b_start[u.b] - b_first[u.b]) * tick),
      last_position = b_seen[u.b] + b_last[u.b] - b_first[u.b] + 1,
      due_at = case when b_due[u.b] = -9223372036854775808 then '-infinity'
                    else zero + b_due[u.b] * tick end,
      last_batch_id = b_id[u.b], last_batch_position = b_seen[u.b] + 1,
      output = case when u.done then d_json[u.d]::json end,
      output_bytes = case when u.done then d_bytes[u.d] end,
      output_codec = case when u.done then d_codec[u.d] end,
      error = case when u.threw then d_json[u.d]::json end,
      error_bytes = case when u.threw then d_bytes[u.d] end,
      error_codec = case when u.threw then d_codec[u.d] end,
      error_code = d_code[u.d], reason = d_reason[u.d],
      stalled_at = null, stalled_reason = null, stalled_build = null
    from (
      select
        x.b, x.place, b_end[x.b] as d, b_at[x.b] + (b_last[x.b] - b_first[x.b]) * tick as at,
        b_status[x.b] = 'completed' as done, b_status[x.b] = 'failed' as threw
      from (
        select k[g.i] as b, k_place[g.i] as place
        from generate_series(1, cardinality(k_place)) as g(i)) x
      where b_end[x.b] is not null) u
    where w.ctid = u.place;
  end if;

  o_batch := k; o_late := k_late; o_queue := k_queue;
  return next;
end
$$;
