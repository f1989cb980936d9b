-- How long runs are kept after their end. Lock: none that anybody waits for, all objects are new.
-- Rewrite: none. Nothing here is written by an append, and no index is on workflow_runs for it: which
-- runs may go is found by walking them in the order of their creation, for a run that ended long ago
-- was created longer ago.

-- The rules that are set, of a workflow or of all ('*'); none of a store that keeps everything. Null:
-- for ever.
create table workflow_retention (
  workflow  text collate "C" not null primary key,
  completed interval,
  failed    interval,
  cancelled interval,
  -- How long after its end the key of a run starts no other, although the run may be gone.
  keys      interval
);

-- One row while a rule is set: when the next round of deleting is due, and where it goes on. The
-- heartbeat of every worker looks at it.
create table workflow_maintenance (
  task         text not null primary key,
  due_at       timestamptz(6) not null,
  after_time   timestamptz(6),
  after_run    text collate "C",
  last_pass_at timestamptz(6),
  deleted      bigint not null default 0,
  trouble      text
) with (fillfactor = 50);

-- Runs that an operator keeps, whatever the rules say.
create table workflow_kept_runs (
  run_id  text collate "C" not null primary key,
  kept_at timestamptz(6) not null
);

-- The keys of runs that are gone, as long as nobody may start another run under them.
create table workflow_spent_keys (
  workflow text collate "C" not null,
  key_hash bytea not null,
  run_id   text collate "C" not null,
  until    timestamptz(6) not null,
  primary key (workflow, key_hash)
);

-- retention_prune_v1: those that are given up.
create index workflow_spent_keys_until on workflow_spent_keys (until);

-- How long a run is kept that ended so; null: for ever.
create function retention_time_v1(p_workflow text, p_status text) returns interval
language sql stable
set search_path = "${schema}", pg_temp
as $$
  select case p_status
      when 'completed' then t.completed when 'failed' then t.failed when 'cancelled' then t.cancelled
    end
  from workflow_retention t where t.workflow in (p_workflow, '*')
  order by t.workflow = '*' limit 1
$$;

-- Why a run that was kept for long enough stays all the same; null where it may go.
create function retention_obstacle_v1(p_run text, p_now timestamptz) returns text
language plpgsql stable
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
declare
  l_parent text;
  l_child text;
  l_chain text;
  l_next text;
  l_original text;
  l_link text;
  l_created timestamptz;
begin
  if exists (select from workflow_custody c where c.run_id = p_run) then
    return 'it is not settled';
  end if;
  select r.parent_run_id, r.lineage ->> 'child', coalesce(r.chain_id, r.run_id), r.continued_to,
    r.copy_of, r.chain_id, r.created_at
  into l_parent, l_child, l_chain, l_next, l_original, l_link, l_created
  from workflow_runs r where r.run_id = p_run;
  if exists (select from workflow_kept_runs k where k.run_id = p_run) or
    (l_next is not null or l_link is not null) and (
      exists (select from workflow_kept_runs k where k.run_id = l_chain) or
      exists (
        select from workflow_runs r join workflow_kept_runs k on k.run_id = r.run_id
        where r.chain_id = l_chain))
  then
    return 'it is kept';
  end if;
  -- Whoever retries the run that a link goes on from is led to it, and from there to what follows.
  if l_original is not null and exists (
      select from workflow_runs o where o.run_id = l_original) or
    l_link is not null and (
      exists (
        select from workflow_runs r join workflow_runs o on o.run_id = r.copy_of
        where r.run_id = l_link) or
      exists (
        select from workflow_runs r join workflow_runs o on o.run_id = r.copy_of
        where r.chain_id = l_link and (r.created_at, r.run_id) <= (l_created, p_run)))
  then
    return 'the run it goes on from is there';
  end if;
  if l_next is not null and (
    exists (
      select from workflow_runs r
      where r.chain_id = l_chain and (r.completed_at is null or coalesce(
        r.completed_at + retention_time_v1(r.workflow, r.status) >= p_now, true)))
    or exists (
      select from workflow_runs r
      where r.run_id = l_chain and coalesce(
        r.completed_at + retention_time_v1(r.workflow, r.status) >= p_now, true)))
  then
    return 'a run of its chain is kept';
  end if;
  if l_parent is not null and exists (
    select from workflow_children c
    join workflow_runs r on r.run_id = c.run_id
    where c.run_id = l_parent and c.child_id = l_child and c.child_run_id = p_run
      and c.status = 'open' and r.completed_at is null)
  then
    return 'its parent has not heard of its end';
  end if;
  if exists (
    select from workflow_streams s
    where s.run_id = p_run and not s.ended and exists (
      select from workflow_workers w where w.worker_id = any (s.writers) and not w.dead))
  then
    return 'its streams are not archived';
  end if;
  return null;
end
$$;

-- One page of the runs that may go, in the order of their creation, and in its last row where the next
-- page begins, if there may be one. It looks at p_look runs at most, and those of a page have p_events
-- events at most, unless it is a single one: what is deleted at once does not take long.
create function retention_page_v1(
  p_offset interval, p_after_time timestamptz, p_after_run text, p_look int, p_limit int,
  p_events bigint
) returns table (
  o_run text, o_workflow text, o_status text, o_completed_at timestamptz,
  o_next_time timestamptz, o_next_run text
) language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
declare
  l_now timestamptz := clock_timestamp() + p_offset;
  l_shortest interval;
  l_looked int := 0;
  l_found int := 0;
  l_events bigint := 0;
  l_time timestamptz;
  l_run text;
  l_row record;
begin
  select min(x.kept) into l_shortest
  from workflow_retention t, unnest(array[t.completed, t.failed, t.cancelled]) as x(kept);
  if l_shortest is null then
    return;
  end if;
  for l_row in
    select r.run_id, r.workflow, r.status, r.created_at, r.completed_at, r.last_position,
      r.completed_at + retention_time_v1(r.workflow, r.status) < l_now as is_over
    from workflow_runs r
    where (r.created_at, r.run_id) > (coalesce(p_after_time, '-infinity'), coalesce(p_after_run, ''))
      and r.created_at < l_now - l_shortest
    order by r.created_at, r.run_id
    limit p_look + 1
  loop
    if l_looked = p_look or l_found = p_limit
      or l_found > 0 and l_events + coalesce(l_row.last_position, 0) > p_events
    then
      o_run := null; o_workflow := null; o_status := null; o_completed_at := null;
      o_next_time := l_time; o_next_run := l_run;
      return next;
      return;
    end if;
    l_looked := l_looked + 1;
    l_time := l_row.created_at; l_run := l_row.run_id;
    if l_row.is_over and retention_obstacle_v1(l_row.run_id, l_now) is null then
      l_found := l_found + 1;
      l_events := l_events + coalesce(l_row.last_position, 0);
      o_run := l_row.run_id; o_workflow := l_row.workflow; o_status := l_row.status;
      o_completed_at := l_row.completed_at; o_next_time := null; o_next_run := null;
      return next;
    end if;
  end loop;
end
$$;

-- Deletes those of the runs that may go, whole, whose keys were written down before: what hangs on a run
-- goes before it. A run that somebody holds at this moment is passed over, so nobody waits, and who
-- deletes the same ones at once does not meet.
create function retention_prune_v1(p_offset interval, p_runs text[]) returns setof text
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
set lock_timeout = '5s' set search_path = "${schema}", pg_temp
as $$
declare
  l_now timestamptz := clock_timestamp() + p_offset;
  l_held text[];
  l_runs text[];
begin
  select array_agg(x.run_id) into l_held from (
    select r.run_id from workflow_runs r where r.run_id = any (p_runs)
    order by r.run_id
    for update of r skip locked) x;
  -- On a snapshot of after the locks.
  select array_agg(r.run_id order by r.run_id) into l_runs
  from workflow_runs r
  where r.run_id = any (l_held)
    and r.completed_at + retention_time_v1(r.workflow, r.status) < l_now
    and retention_obstacle_v1(r.run_id, l_now) is null
    -- Its key was written down before, where that outlives it.
    and (r.run_key_hash is null or coalesce(r.completed_at + (
        select p.keys from workflow_retention p where p.workflow in (r.workflow, '*')
        order by p.workflow = '*' limit 1) <= l_now, true)
      or exists (
        select from workflow_spent_keys k
        where k.workflow = r.workflow and k.key_hash = r.run_key_hash and k.run_id = r.run_id));
  if l_runs is null then
    return;
  end if;
  delete from workflow_spent_keys k where k.until <= l_now;
  delete from workflow_stream_chunks c using workflow_streams s
  where s.run_id = any (l_runs) and c.stream_id = s.stream_id;
  delete from workflow_streams s where s.run_id = any (l_runs);
  delete from workflow_events e where e.run_id = any (l_runs);
  delete from workflow_steps s where s.run_id = any (l_runs);
  delete from workflow_hooks h where h.run_id = any (l_runs);
  delete from workflow_waits w where w.run_id = any (l_runs);
  delete from workflow_published p where p.run_id = any (l_runs);
  delete from workflow_changes c where c.run_id = any (l_runs);
  delete from workflow_update_stages u where u.run_id = any (l_runs);
  delete from workflow_children c where c.run_id = any (l_runs);
  delete from workflow_runs r where r.run_id = any (l_runs);
  return query select unnest(l_runs);
end
$$;

-- Takes out of a run that is over what anybody put into it. What happened when stays.
create function retention_erase_v1(p_run text) returns text
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan set jit = off
set lock_timeout = '5s' set search_path = "${schema}", pg_temp
as $$
begin
  perform from workflow_runs r where r.run_id = p_run for update;
  if not found then
    return 'unknown';
  end if;
  if exists (select from workflow_custody c where c.run_id = p_run) then
    return 'not_over';
  end if;
  update workflow_runs r set
    input = null, input_bytes = case when r.input is null and r.input_bytes is null then null else ''::bytea end,
    input_codec = case when r.input is null and r.input_bytes is null then null else 'erased' end,
    output = null, output_bytes = case when r.output is null and r.output_bytes is null then null else ''::bytea end,
    output_codec = case when r.output is null and r.output_bytes is null then null else 'erased' end,
    error = null, error_bytes = case when r.error is null and r.error_bytes is null then null else ''::bytea end,
    error_codec = case when r.error is null and r.error_bytes is null then null else 'erased' end,
    execution_context = null,
    execution_context_bytes = case when r.execution_context is null
      and r.execution_context_bytes is null then null else ''::bytea end,
    execution_context_codec = case when r.execution_context is null
      and r.execution_context_bytes is null then null else 'erased' end,
    reason = null, attributes = '{}', run_key = null, run_key_hash = null, input_hash = null
  where r.run_id = p_run;
  update workflow_steps s set
    input = null, input_bytes = case when s.input is null and s.input_bytes is null then null else ''::bytea end,
    input_codec = case when s.input is null and s.input_bytes is null then null else 'erased' end,
    output = null, output_bytes = case when s.output is null and s.output_bytes is null then null else ''::bytea end,
    output_codec = case when s.output is null and s.output_bytes is null then null else 'erased' end,
    error = null, error_bytes = case when s.error is null and s.error_bytes is null then null else ''::bytea end,
    error_codec = case when s.error is null and s.error_bytes is null then null else 'erased' end,
    progress = null, progress_bytes = null, progress_codec = null, progress_attempt = null,
    progress_at = null
  where s.run_id = p_run;
  update workflow_events e set
    payload = null,
    payload_bytes = case when e.payload is null and e.payload_bytes is null then null else ''::bytea end,
    payload_codec = case when e.payload is null and e.payload_bytes is null then null else 'erased' end,
    token = case when e.token is not null then 'erased' end,
    reason = null,
    details = case
      when e.type = 'run_created' then null
      when e.type = 'attributes_set' then (
        select jsonb_object_agg(d.key, null::text) from jsonb_each(e.details) d)
      else (
        select jsonb_object_agg(
          d.key, case when d.key in ('run_key', 'signal_id', 'key') then '"erased"'::jsonb else d.value end)
        from jsonb_each(e.details) d) end
  where e.run_id = p_run
    and (e.payload is not null or e.payload_bytes is not null or e.token is not null
      or e.reason is not null or e.details is not null);
  update workflow_stream_chunks c set
    payload = null, payload_bytes = ''::bytea, payload_codec = 'erased', size = 0
  from workflow_streams s
  where s.run_id = p_run and c.stream_id = s.stream_id and c.restarted_from is null;
  return 'erased';
end
$$;
