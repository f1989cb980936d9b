-- What is done to many runs at once, or read of them. Lock: none at creation.
--
-- Each looks its runs up by their ids, however many there are and whatever the planner believes. As
-- plain statements they were planned for the empty tables of a new database, and a plan that is kept by
-- its connection went on scanning all runs that ever were for the few that were asked for. The settings
-- of the functions leave no other way than the primary key.

-- Those of the runs that there are.
create function runs_by_id_v1(p_runs text[]) returns setof workflow_run_records
language plpgsql stable
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
begin
  return query
    select r.* from unnest(p_runs) as x(run_id)
    cross join lateral (
      select w.* from workflow_run_records w where w.run_id = x.run_id limit 1) r;
end
$$;

-- The whole logs of those of the runs that a worker owns and that have at most so many events.
create function short_logs_v1(p_worker text, p_runs text[], p_most bigint)
returns setof workflow_events
language plpgsql stable
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
begin
  return query
    select e.* from unnest(p_runs) as x(run_id)
    cross join lateral (
      select c.run_id from workflow_custody c
      where c.run_id = x.run_id and c.owner = p_worker and c.position <= p_most limit 1) mine
    cross join lateral (
      select v.* from workflow_events v where v.run_id = mine.run_id order by v.position
      limit p_most) e;
end
$$;

-- Takes runs over for a worker that is alive, as far as they are of its work and nobody's, its own or
-- a dead one's, and of its build, and returns them as they are then. With p_all it is about all of
-- the task queue, whatever the workflows it has code for. What others hold at this moment is left out.
create function claim_v1(
  p_worker text, p_queue text, p_workflows text[], p_all boolean, p_protocol integer, p_runs text[]
) returns setof workflow_run_records
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
declare
  claimed text[];
begin
  with free as (
    select
      c.run_id, c.owner is not null and c.owner <> p_worker as from_the_dead, me.build_id
    from (
      select
        w.build_id,
        exists (select from workflow_builds b where b.build_id = w.build_id) as drained
      from workflow_workers w where w.worker_id = p_worker and not w.dead) me
    cross join workflow_custody c
    where c.run_id = any (p_runs) and c.task_queue = p_queue and c.spec_version <= p_protocol
      and (p_all or c.workflow = any (p_workflows))
      and case
        -- Whoever comes first settles what has ended.
        when c.phase = 'e' then true
        when c.held_at is not null then false
        when c.pinned_build is null then not me.drained or c.owner = p_worker
        when c.pinned_build = '' then not me.drained and c.workflow = any (p_workflows)
        else c.pinned_build = me.build_id end
      and (c.owner is null or c.owner = p_worker or not exists (
        select from workflow_workers o where o.worker_id = c.owner and not o.dead))
    order by c.run_id
    for no key update of c skip locked
  ), taken as (
    update workflow_custody c set
      owner = p_worker,
      epoch = c.epoch + 1,
      lost_attempts = case
        when c.position > c.claimed_position then 0
        when free.from_the_dead then c.lost_attempts + 1
        else c.lost_attempts end,
      claimed_position = c.position,
      pinned_build = case when c.pinned_build = '' then free.build_id else c.pinned_build end
    from free
    where c.run_id = free.run_id
    returning c.run_id
  )
  select array_agg(run_id) into claimed from taken;
  return query
    select r.* from unnest(claimed) as x(run_id)
    cross join lateral (
      select w.* from workflow_run_records w where w.run_id = x.run_id limit 1) r;
end
$$;

-- Says when runs of a worker are due next, and gives them up when told to; due now, where others have
-- said something its owner has not seen. What has ended and is never due is settled: nobody looks after
-- it any more. Returns those that it still owned. What the epoch and the position are compared with is
-- the row as it is once it is locked.
create function reschedule_v1(
  p_worker text, p_release boolean, r_run text[], r_epoch bigint[], r_seen bigint[],
  r_due timestamptz[]
) returns setof text
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
declare
  held text[];
  over text[];
begin
  with said as (
    update workflow_custody c set
      due_at = case when c.other_position > x.seen or c.owes and (
                      select true from workflow_relays r where r.source_run_id = c.run_id limit 1)
                    then '-infinity' else x.due end,
      owner = case when p_release then null else c.owner end
    from unnest(r_run, r_epoch, r_seen, r_due) as x(run_id, epoch, seen, due)
    where c.run_id = x.run_id and c.owner = p_worker and c.epoch = x.epoch
    returning c.run_id, c.phase = 'e' and c.due_at is null as settled
  )
  select array_agg(run_id), array_agg(run_id) filter (where settled) into held, over from said;
  if over is not null then
    with gone as (
      delete from workflow_custody c where c.run_id = any (over) returning c.run_id, c.epoch
    )
    update workflow_runs r set epoch = gone.epoch from gone
    where r.run_id = gone.run_id and r.epoch is distinct from gone.epoch;
  end if;
  return query select unnest(held);
end
$$;

-- What the holders of attempts of queued steps say: keeps how far they have come, where they say so and
-- their attempt is the one that counts, and returns for each what there is to judge it by. A step that
-- somebody writes about at this moment is passed over: nobody waits here, and so nobody waits for this
-- while holding what this needs.
create function heartbeat_v1(
  p_offset interval, r_run text[], r_step text[], r_attempt integer[], r_says boolean[],
  r_progress text[], r_bytes bytea[], r_codec text[]
) returns table (goes_on boolean, status text, attempt integer, kept boolean)
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
#variable_conflict use_column
declare
  m_kept bigint[] := '{}';
begin
  if true = any (r_says) then
    with mine as (
      select s.run_id, s.step_id, x.nr
      from unnest(r_run, r_step, r_attempt, r_says) with ordinality
        as x(run_id, step_id, attempt, says, nr)
      join workflow_steps s on s.run_id = x.run_id and s.step_id = x.step_id
      where x.says and s.attempt = x.attempt and s.status = 'running'
        and exists (
          select from workflow_custody c where c.run_id = x.run_id and c.phase in ('p', 'r'))
      order by s.run_id, s.step_id
      for no key update of s skip locked
    ), said as (
      update workflow_steps s set
        progress = r_progress[mine.nr]::json, progress_bytes = r_bytes[mine.nr],
        progress_codec = r_codec[mine.nr], progress_attempt = s.attempt,
        progress_at = clock_timestamp() + p_offset
      from mine
      where s.run_id = mine.run_id and s.step_id = mine.step_id
      returning mine.nr
    )
    select coalesce(array_agg(said.nr), '{}') into m_kept from said;
  end if;
  return query
    select
      coalesce(c.phase in ('p', 'r'), false), s.status, s.attempt,
      not r_says[x.nr] or x.nr = any (m_kept)
    from unnest(r_run, r_step) with ordinality as x(run_id, step_id, nr)
    left join workflow_steps s on s.run_id = x.run_id and s.step_id = x.step_id
    left join workflow_custody c on c.run_id = x.run_id
    order by x.nr;
end
$$;
