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

-- Moves into the logs of runs what others owe them, all that waits for a run or nothing of it, and
-- returns what has entered. It judges nothing, as append_v1 does not: whoever calls has asked the rules
-- what may enter a log on which supposition (s_), and what is looked at here, under the lock and on a
-- fresh snapshot, is whether that is so. Of runs about which it is not, among them those that have ended
-- or are not there, only the name is returned, and their relays wait still: they have to be judged.
-- Runs that others hold are left out.
--   s_   by type of the relay: the phases of its target, as those of append_v1; whether it ends a child
--        that is open; what it says besides, as append_v1 wants to be told
--   p_most  from how many relays on the rest of the runs is left to be judged: a transaction is short
create function relay_v1(
  p_offset interval, p_targets text[], p_limit integer, p_most bigint,
  s_type text[], s_phases text[], s_opens boolean[], s_besides bigint[]
) returns table (
  target_run_id text, owner text, task_queue text, "position" bigint, created_at timestamptz,
  relay_id text, source_run_id text, type text, correlation_id text, name text, other_run_id text,
  flag boolean, error_code text, reason text, occurred_at timestamptz, payload json,
  payload_bytes bytea, payload_codec text)
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
set datestyle = 'ISO'
set search_path = "${schema}", pg_temp
as $$
#variable_conflict use_column
declare
  tick constant interval := '1 microsecond';
  t_run text[];
  -- Of the runs that are locked: which, and in what phase.
  l_run text[];
  l_phase text[];
  -- By batch: its number among those, and the arguments of append_v1.
  m_run bigint[];
  m_bt text[]; m_bn bigint[]; m_dt text[]; m_dn bigint[]; m_db bytea[];
  -- By relay: its batch, its place in that, and its row.
  m_batch bigint[]; m_place bigint[]; m_seq bigint[];
  -- What append_v1 answers, and the same by batch.
  done record;
  v_base bigint[]; v_at timestamptz[]; v_owner text[]; v_queue text[];
  v_now timestamptz;
  b int;
begin
  -- Without the lock first: most often nothing waits.
  select array_agg(x.run_id) into t_run
  from unnest(p_targets) as x(run_id)
  where (select true from workflow_relays r where r.target_run_id = x.run_id limit 1);
  if t_run is null then
    return;
  end if;

  select array_agg(x.run_id), array_agg(x.phase) into l_run, l_phase
  from (
    select
      c.run_id, case when c.epoch = 0 then upper(c.phase::text) else c.phase::text end as phase
    from workflow_custody c
    where c.run_id = any (t_run) and c.phase in ('p', 'r')
    order by c.run_id
    for no key update of c skip locked) x;
  v_now := clock_timestamp() + p_offset;

  with waiting as materialized (
    select
      x.nr, r.*, s.besides,
      coalesce(strpos(s.phases, l_phase[x.nr]) > 0, false) and (
        not s.opens or (
          select true from workflow_children c
          where c.run_id = x.run_id and c.child_id = r.correlation_id and c.status = 'open'
          limit 1) is not null)
      -- Of what is spoken of twice the second may find it otherwise.
      and (r.correlation_id is null
        or row_number() over (partition by x.nr, r.correlation_id order by r.seq) = 1)
        as is_so
    from unnest(l_run) with ordinality as x(run_id, nr)
    cross join lateral (
      select w.* from workflow_relays w where w.target_run_id = x.run_id order by w.seq
      limit p_limit) r
    left join unnest(s_type, s_phases, s_opens, s_besides) as s(type, phases, opens, besides)
      on s.type = r.type
  ), lots as (
    select
      w.*, row_number() over (partition by w.nr order by w.seq) as place,
      count(*) over (partition by w.nr) as size, bit_or(w.besides) over (partition by w.nr) as says,
      bool_and(w.is_so) over (partition by w.nr) as are_so
    from waiting w
  ), entering as (
    select
      l.*, row_number() over (order by l.nr, l.seq) as d, dense_rank() over (order by l.nr) as b
    from lots l where l.are_so
  )
  select
    array_agg(e.nr order by e.d) filter (where e.place = 1),
    array_agg(
      array[l_run[e.nr], e.relay_id, null, l_phase[e.nr], null, null, '-infinity'] order by e.d)
      filter (where e.place = 1),
    array_agg(
      array[0, null, e.d, e.d + e.size - 1, null, null, null, e.size, 0, 0, 0, 0, 0, 0, 1, e.says, 0]
      order by e.d) filter (where e.place = 1),
    array_agg(
      array[e.type, e.correlation_id, e.name, null, null, null, e.other_run_id, e.error_code,
        e.reason, e.payload::text, e.payload_codec, null, null, e.occurred_at::text, null, null, null,
        null, e.relay_id] order by e.d),
    array_agg(array[-1, null, null, e.flag::int, 0, 1]::bigint[] order by e.d),
    array_agg(e.payload_bytes order by e.d),
    array_agg(e.b order by e.d), array_agg(e.place order by e.d), array_agg(e.seq order by e.d)
  into m_run, m_bt, m_bn, m_dt, m_dn, m_db, m_batch, m_place, m_seq
  from entering e
  where e.d - e.place < p_most;

  if m_run is not null then
    select a.o_now, a.o_batch, a.o_base, a.o_late, a.o_owner, a.o_queue into done
    from append_v1(p_offset, v_now, m_bt, m_bn, m_dt, m_dn, m_db, null, null, null) a;
    if coalesce(cardinality(done.o_batch), 0) <> cardinality(m_run) then
      raise exception 'a run is not as it was taken to be' using errcode = 'WR004';
    end if;
    for i in 1..cardinality(done.o_batch) loop
      b := done.o_batch[i];
      v_base[b] := done.o_base[i]; v_at[b] := done.o_now + done.o_late[i] * tick;
      v_owner[b] := done.o_owner[i]; v_queue[b] := done.o_queue[i];
    end loop;
    return query
      with gone as (
        delete from workflow_relays r
        using (
          select x.nr, l_run[m_run[m_batch[x.nr]]] as run_id, x.seq
          from unnest(m_seq) with ordinality as x(seq, nr)
          offset 0) u
        where r.target_run_id = u.run_id and r.seq = u.seq
        returning u.nr, r.*
      )
      select
        g.target_run_id, v_owner[m_batch[g.nr]], v_queue[m_batch[g.nr]],
        v_base[m_batch[g.nr]] + m_place[g.nr],
        v_at[m_batch[g.nr]] + (m_place[g.nr] - 1) * tick, g.relay_id, g.source_run_id, g.type,
        g.correlation_id, g.name, g.other_run_id, g.flag, g.error_code, g.reason, g.occurred_at,
        g.payload, g.payload_bytes, g.payload_codec
      from gone g
      order by g.nr;
  end if;

  return query
    select
      x.run_id, null::text, null::text, null::bigint, null::timestamptz, null::text, null::text,
      null::text, null::text, null::text, null::text, null::boolean, null::text, null::text,
      null::timestamptz, null::json, null::bytea, null::text
    from unnest(t_run) as x(run_id)
    where x.run_id <> all (array(select l_run[m.nr] from unnest(m_run) as m(nr)))
      and (x.run_id = any (l_run) or (
        select true from workflow_custody c
        where c.run_id = x.run_id and c.phase in ('p', 'r') limit 1) is null)
      and (select true from workflow_relays r where r.target_run_id = x.run_id limit 1);
end
$$;

-- How everything stands, each thing counted as far as p_most: what is read is bounded by that, however
-- much there is. What is due at once and what was due at a time are looked at apart, so that runs which
-- execute do not hide timers that nobody minds.
create function census_v1(p_offset interval, p_most bigint, p_tables text[]) returns table (
  o_open bigint, o_stalled bigint, o_failed bigint, o_overdue bigint, o_overdue_micros bigint,
  o_workers bigint, o_bytes text
) language plpgsql stable
set enable_seqscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
-- To measure a table is to wait for whoever rewrites it.
set lock_timeout = '1s' set search_path = "${schema}", pg_temp
as $$
declare
  l_now timestamptz := clock_timestamp() + p_offset;
begin
  return query
    with overdue as (
      (select greatest(c.due_at, c.updated_at, (
          select w.lease_until from workflow_workers w where w.worker_id = c.owner)) as since
        from workflow_custody c
        where c.due_at = '-infinity' and c.phase in ('p', 'r') and c.stalled_at is null
          and c.held_at is null and not exists (
            select from workflow_workers w where w.worker_id = c.owner and not w.dead)
        limit p_most)
      union all
      (select greatest(c.due_at, c.updated_at, (
          select w.lease_until from workflow_workers w where w.worker_id = c.owner))
        from workflow_custody c
        where c.due_at > '-infinity' and c.due_at <= l_now and c.phase in ('p', 'r')
          and c.stalled_at is null and c.held_at is null and not exists (
            select from workflow_workers w where w.worker_id = c.owner and not w.dead)
        order by c.due_at limit p_most)
    )
    select
      (select count(*) from (
        select from workflow_custody c where c.phase in ('p', 'r') order by c.run_id limit p_most) x),
      (select count(*) from (
        select from workflow_custody c where c.stalled_at is not null and c.phase in ('p', 'r')
        order by c.run_id limit p_most) x),
      (select count(*) from (
        select r.status, r.completed_at from workflow_runs r where r.unsuccessful
        order by r.created_at desc, r.run_id desc limit p_most) x
        where x.status = 'failed' and x.completed_at > l_now - interval '1 day'),
      (select least(count(*), p_most) from overdue),
      (select coalesce(
        (extract(epoch from greatest(l_now - min(o.since), interval '0')) * 1000000)::bigint, 0)
        from overdue o),
      (select count(*) from workflow_workers w where not w.dead and w.lease_until >= l_now),
      (select string_agg(t.relname || ' ' || pg_total_relation_size(t.oid), ',' order by t.relname)
        from pg_class t join pg_namespace n on n.oid = t.relnamespace
        where n.nspname = '${schema}' and t.relkind = 'r' and t.relname = any (p_tables));
end
$$;
