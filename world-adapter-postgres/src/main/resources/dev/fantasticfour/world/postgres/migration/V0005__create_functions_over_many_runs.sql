-- What is done to many runs at once, or read of them. Lock: none at creation.
--
-- Each looks its runs up by their ids, however many there are and whatever the planner believes. As
-- plain statements they were planned for the empty tables of a new database, and a plan that is kept by
-- its connection went on scanning all runs that ever were for the few that were asked for. The settings
-- of the functions leave no other way than the primary key.

-- Those of the runs that there are.
create function runs_by_id_v1(p_runs text[]) returns setof workflow_runs
language plpgsql stable
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
begin
  return query
    select r.* from unnest(p_runs) as x(run_id)
    cross join lateral (select w.* from workflow_runs w where w.run_id = x.run_id limit 1) r;
end
$$;

-- The first events of each of the runs, at most so many of each.
create function events_by_run_v1(p_runs text[], p_most int) returns setof workflow_events
language plpgsql stable
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
begin
  return query
    select e.* from unnest(p_runs) as x(run_id)
    cross join lateral (
      select v.* from workflow_events v where v.run_id = x.run_id order by v.position limit p_most) e;
end
$$;

-- Takes runs over for a worker that is alive, as far as they are nobody's, its own or a dead one's,
-- and returns them as they are then. What others hold at this moment is left out.
create function claim_v1(p_worker text, p_runs text[]) returns setof workflow_runs
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
begin
  return query
    with taken as (
      select r.run_id, r.owner is not null and r.owner <> p_worker as from_the_dead
      from workflow_runs r
      where r.run_id = any (p_runs)
        and (r.status in ('pending', 'running') or r.due_at is not null)
        and exists (select from workflow_workers me where me.worker_id = p_worker and not me.dead)
        and (r.owner is null or r.owner = p_worker or not exists (
          select from workflow_workers o where o.worker_id = r.owner and not o.dead))
      order by r.run_id
      for no key update of r skip locked
    )
    update workflow_runs r set
      owner = p_worker,
      epoch = r.epoch + 1,
      lost_attempts = case
        when r.last_position > r.claimed_position then 0
        when taken.from_the_dead then r.lost_attempts + 1
        else r.lost_attempts end,
      claimed_position = r.last_position
    from taken
    where r.run_id = taken.run_id
    returning r.*;
end
$$;

-- Says when runs of a worker are due next; now, where others have said something its owner has not
-- seen. Returns those that it still owns. What the epoch and the position are compared with is the row
-- as it is once it is locked.
create function reschedule_v1(
  p_worker text, r_run text[], r_epoch bigint[], r_seen bigint[], r_due timestamptz[]
) returns setof text
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
begin
  return query
    update workflow_runs r set
      due_at = case when r.last_other_position > x.seen then '-infinity' else x.due end
    from unnest(r_run, r_epoch, r_seen, r_due) as x(run_id, epoch, seen, due)
    where r.run_id = x.run_id and r.owner = p_worker and r.epoch = x.epoch
    returning r.run_id;
end
$$;
