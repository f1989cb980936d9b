-- The one write of facts. Lock: none at creation. From the first release on it stays as it is when a
-- later version is added, so that nodes of two releases can share a database.
--
-- It judges nothing. Whoever calls has asked the rules (world-core, BatchRules) about a batch on the
-- supposition that things are in a certain state; what is looked at here is whether they are. A batch
-- that finds them otherwise is left out, unexplained, and leaves no trace; the others stand. So this
-- can say yes only where the rules do, and knows no rule itself. What was left out is judged again by
-- its caller, under a lock and with things as they are, and written by this same function (p_now).
--
-- Per call: lock the custody rows that decide, in id order, skipping what others hold; look at
-- everything else in the statements after that, each of which sees a fresh snapshot (a look in the
-- locking statement would see hooks and events as they were before it waited); take what is unique;
-- write. Unique names are taken in order, run keys before tokens, so that two calls do not wait for each
-- other in a circle.
--
-- Arguments are three tables, each as one array of texts and one of numbers, both row by row:
--   batches    b_t  1 run, 2 id, 3 owner or null, 4 phases it may find (p, r; capital: of a run that
--                   was never claimed), 5 status after it or null, 6 hash of the token to find its run,
--                   7 when the run is due, null = never
--              b_n  1 epoch, 2 where its owner takes the log to end, 3 and 4 first and last draft, 5 the
--                   draft that starts the run, 6 that ends it, 7 creation, 8 drafts by others; how
--                   many of its drafts 9 are about steps, 10 create and 11 end waits, 12 create and 13
--                   dispose hooks, 14 are about steps that go on, 15 are about
--                   one and the same step, at most; 16 what it says besides, as a sum: 1 states,
--                   2 attributes, 4 changes, 8 updates, 16 what it owes, 32 what needs protocol 7,
--                   64 children and what a run leaves to the next; 17 how many of its drafts ask for
--                   updates
--   drafts     d_t  1 type, 2 correlation id, 3 name, 4 branch, 5 worker, 6 token, 7 other run,
--                   8 error code, 9 reason, 10 payload, 11 its codec, 12 hash of the token, 13 what it
--                   supposes: l a live hook, n a hook that never was, w a wait that goes on, u no
--                   update without an answer, p that its run is pinned to no build, t an attempt of a step that may begin, a one that runs;
--                   14 occurred at, 15 started at, 16 retry at, 17 resume at, 18 details, 19 a batch
--                   id of its own, of relays that are moved together
--              d_n  1 seen, 2 site, 3 attempt, 4 flag, 5 the attempt its step counts after it, 0
--                   when that stays, 6 the how manyeth about its step, from 1; d_b bytes of the payload
--   creations  c_t  1 workflow, 2 deployment, 3 task queue, 4 key, 5 its hash, 6 input hash,
--                   7 attributes, 8 input, 9 its codec, 10 context, 11 its codec, 12 when the id of the
--                   run was minted, 13 the build it is pinned to, 14 lineage
--              c_n  1 batch, 2 spec version, 3 of a run that comes to be in the unit of another
--                   batch: which; c_b bytes of input, of context
-- About a hook or wait there is one draft in a batch, and none that creates hooks where another
-- disposes some; of a run there is one batch.
--
-- What few runs say stands in functions of their own (append_besides_v1, append_kin_v1), which are
-- called for those only.
--
-- Planner settings are pinned: a plan made while the tables were empty must be good for full ones.
-- "offset 0" keeps drafts together that rows are looked up for: a planner that takes a run for a short
-- one would rather read all that the run has, and that again and again.

do $install$
declare
  -- How an event becomes rows. A step has its columns from the event about it. Where a batch says
  -- more than one thing of a step, turn is which it is.
  drafts constant text := $sql$
    with d as materialized (
      select
        v_run[u.b] as run_id, v_base[u.b] + 1 + u.nr as position, d_t[u.d][1] as type,
        coalesce(d_t[u.d][2], v_hook[u.b]) as correlation_id, v_at[u.b] + u.nr * tick as created_at,
        d_t[u.d][14]::timestamptz as occurred_at, coalesce(d_t[u.d][19], b_t[u.b][2]) as batch_id,
        d_n[u.d][1] as seen, d_t[u.d][3] as name, d_t[u.d][4] as branch, d_n[u.d][2] as site_index,
        d_n[u.d][3] as attempt, d_t[u.d][5] as worker, d_t[u.d][6] as token,
        d_t[u.d][7] as other_run_id, d_n[u.d][4] = 1 as flag, d_t[u.d][18]::jsonb as details,
        d_t[u.d][15]::timestamptz as started_at, d_t[u.d][16]::timestamptz as retry_at,
        d_t[u.d][17]::timestamptz as resume_at, d_t[u.d][8] as error_code, d_t[u.d][9] as reason,
        d_t[u.d][10]::json as payload, d_b[u.d] as payload_bytes, d_t[u.d][11] as payload_codec,
        d_n[u.d][5]::int as counted, d_n[u.d][6] as turn
      from (
        select x.b, d, d - b_n[x.b][3] as nr
        from unnest(k) as x(b)
        cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d) u
    )$sql$;
  events constant text := $sql$, ev as (
      insert into workflow_events (
        run_id, position, type, correlation_id, created_at, occurred_at, batch_id, seen, name, branch,
        site_index, attempt, worker, token, other_run_id, flag, started_at, retry_at, resume_at,
        error_code, reason, details, payload, payload_bytes, payload_codec)
      select
        run_id, position, type, correlation_id, created_at, occurred_at, batch_id, seen, name, branch,
        site_index, attempt, worker, token, other_run_id, flag, started_at, retry_at, resume_at,
        error_code, reason, details, payload, payload_bytes, payload_codec
      from d
    )$sql$;
  steps constant text := $sql$
    insert into workflow_steps as s (
      run_id, step_id, name, branch, status, attempt, failed_attempts, lost_attempts, input, output,
      error, error_code, created_at, updated_at, started_at, completed_at, retry_after, input_bytes,
      input_codec, output_bytes, output_codec, error_bytes, error_codec)
    select
      -- What names no place is about a step that is there.
      run_id, correlation_id, coalesce(name, ''), coalesce(branch, ''),
      case type when 'step_completed' then 'completed' when 'step_failed' then 'failed'
                when 'step_started' then 'running' when 'step_cancelled' then 'cancelled'
                else 'pending' end,
      counted,
      case when type in ('step_failed', 'step_retrying') then 1 else 0 end, 0,
      case when type = 'step_created' then payload end,
      case when type = 'step_completed' then payload end,
      case when type in ('step_failed', 'step_retrying') then payload end,
      error_code, created_at, created_at,
      case when type = 'step_started' then coalesce(started_at, created_at) else started_at end,
      case when type in ('step_completed', 'step_failed', 'step_cancelled') then created_at end,
      retry_at,
      case when type = 'step_created' then payload_bytes end,
      case when type = 'step_created' then payload_codec end,
      case when type = 'step_completed' then payload_bytes end,
      case when type = 'step_completed' then payload_codec end,
      case when type in ('step_failed', 'step_retrying') then payload_bytes end,
      case when type in ('step_failed', 'step_retrying') then payload_codec end
    from d
    where type like 'step%'$sql$;
  -- Not over something that has ended, and nothing is created twice.
  taking_up constant text := $sql$
    on conflict (run_id, step_id) do update set
      status = excluded.status,
      attempt = case when excluded.attempt = 0 then s.attempt else excluded.attempt end,
      failed_attempts = s.failed_attempts + excluded.failed_attempts,
      lost_attempts = s.lost_attempts
        + case when s.status = 'running' and excluded.status = 'running' then 1 else 0 end,
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
    where s.status in ('pending', 'running')
      and (excluded.status <> 'pending' or excluded.failed_attempts > 0)$sql$;
begin
  execute replace(replace(replace($source$
create function append_v1(
  p_offset interval, p_now timestamptz,
  b_t text[], b_n bigint[], d_t text[], d_n bigint[], d_b bytea[], c_t text[], c_n bigint[], c_b bytea[]
) returns table (
  o_now timestamptz, o_batch int[], o_run text[], o_hook text[], o_base bigint[], o_late bigint[],
  o_owner text[], o_queue text[])
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off set lock_timeout = '5s'
set search_path = "${schema}", pg_temp
as $$
declare
  nb constant int := array_length(b_n, 1);
  nc constant int := coalesce(array_length(c_n, 1), 0);
  tick constant interval := '1 microsecond';
  v_now timestamptz;
  -- By batch: the run, the hook its token leads to, where the log ends before it, the time of its
  -- first event, and what else its locked row says.
  v_run text[];
  v_hook text[];
  v_base bigint[];
  v_at timestamptz[];
  v_owner text[];
  v_epoch bigint[];
  v_queue text[];
  v_place tid[];
  v_holds boolean[];
  v_opened boolean[];
  v_owes boolean[];
  v_kin boolean[];
  v_late int[];
  l_run text; l_hook text;
  -- The batches that stand, of them those that create a run, and what a look finds wrong.
  k int[];
  k_born int[];
  bad int[];
  -- What locking found, of batch after batch.
  l_b int[]; l_base bigint[]; l_at timestamptz[]; l_owner text[]; l_epoch bigint[]; l_queue text[];
  l_place tid[]; l_holds boolean[]; l_opened boolean[];
  l_owes boolean[]; l_kin boolean[];
  m_owes boolean := false; m_kin boolean := false; m_besides bigint := 0;
  m_looks boolean := false;
  m_steps bigint := 0; m_waits bigint := 0; m_waited bigint := 0;
  m_hooks bigint := 0; m_gone bigint := 0; m_starts boolean := false; m_ends boolean := false;
  m_goes_on boolean := false; m_settles boolean := false; m_frees boolean := false;
  m_stillborn boolean := false; m_kin_ends boolean := false; m_opened boolean := false;
  m_hands_over boolean := false;
  m_turns bigint := 1; m_written bigint;
  b int;
  n bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'append_v1 needs READ COMMITTED' using errcode = 'WR002';
  end if;

  for b in 1..nb loop
    v_run[b] := case when v_late is null or b <> all (v_late) then b_t[b][1] end;
    if b_n[b][7] is null then
      if b_t[b][3] is null or b_n[b][12] > 0 or b_n[b][13] > 0 or b_n[b][16] & 64 > 0 then
        m_looks := true;
      end if;
      if b_t[b][6] is not null then
        l_run := null;
        select h.run_id, h.hook_id into l_run, l_hook
        from workflow_hooks h where h.token_hash = decode(b_t[b][6], 'hex');
        -- Of two batches for one run the first goes first; the other is left out.
        select g.i into n from generate_series(1, nb) as g(i) where b_t[g.i][1] = l_run;
        if l_run is null or n < b or array_position(v_run, l_run) is not null then
          continue;
        end if;
        v_run[b] := l_run; v_hook[b] := l_hook;
        if n > b then
          v_late := v_late || n::int;
        end if;
      end if;
    end if;
  end loop;

  if nc < nb then
    select
      array_agg(x.b), array_agg(x.position), array_agg(x.updated_at), array_agg(x.owner),
      array_agg(x.epoch), array_agg(x.task_queue), array_agg(x.place), array_agg(x.holds),
      array_agg(x.opened), array_agg(x.owes), coalesce(bool_or(x.owes), false), array_agg(x.kin),
      coalesce(bool_or(x.kin), false)
    into l_b, l_base, l_at, l_owner, l_epoch, l_queue, l_place, l_holds, l_opened, l_owes, m_owes,
      l_kin, m_kin
    from (
      select g.b, w.position, w.updated_at, w.owner, w.epoch, w.task_queue, w.ctid as place,
        w.holds, w.opened, w.owes, w.kin
      from generate_series(1, nb) as g(b)
      join workflow_custody w on w.run_id = v_run[g.b]
      where b_n[g.b][7] is null
        and strpos(b_t[g.b][4],
                   case when w.epoch = 0 then upper(w.phase::text) else w.phase::text end) > 0
        and (b_t[g.b][3] is null
          or (w.owner = b_t[g.b][3] and w.epoch = b_n[g.b][1]
            and w.position = b_n[g.b][2]))
      order by w.run_id
      for no key update of w skip locked) x;
  end if;

  v_now := coalesce(p_now, clock_timestamp() + p_offset);
  o_now := v_now;

  for i in 1..coalesce(cardinality(l_b), 0) loop
    b := l_b[i];
    k[i] := b; v_base[b] := l_base[i]; v_at[b] := greatest(v_now, l_at[i] + tick);
    v_owner[b] := l_owner[i]; v_epoch[b] := l_epoch[i]; v_queue[b] := l_queue[i]; v_place[b] := l_place[i];
    v_holds[b] := l_holds[i]; v_opened[b] := l_opened[i];
  end loop;

  -- Whoever owed relays may have been relieved of them: only of those few is it asked.
  if m_owes then
    for i in 1..cardinality(l_b) loop
      if l_owes[i] then
        v_owes[l_b[i]] := (
          select true from workflow_relays r where r.source_run_id = v_run[l_b[i]] limit 1);
      end if;
    end loop;
  end if;

  if m_kin then
    for i in 1..cardinality(l_b) loop
      v_kin[l_b[i]] := l_kin[i];
    end loop;
  end if;

  -- Each look is a scalar subquery with a limit: EXISTS may be planned as one read of all there is.
  if m_looks and p_now is null and k is not null then
    select array_agg(u.b) into bad
    from unnest(k) as u(b)
    where (b_t[u.b][3] is null and (
        select true from workflow_events e
        where e.batch_id = b_t[u.b][2] and e.seen < 0 and e.position > 1 limit 1))
      or (
        select true from generate_series(b_n[u.b][3]::int, b_n[u.b][4]::int) as d
        where case d_t[d][13]
          when 'l' then (
            select true from workflow_hooks h
            where h.run_id = v_run[u.b] and h.hook_id = coalesce(d_t[d][2], v_hook[u.b])
            limit 1) is null
          when 'n' then (
              select true from workflow_hooks h
              where h.token_hash = decode(d_t[d][12], 'hex') limit 1) is not null
            or (
              select true from workflow_events e
              where e.run_id = v_run[u.b] and e.correlation_id = d_t[d][2]
                and e.type = 'hook_created' limit 1) is not null
          when 'w' then (
            select true from workflow_waits w
            where w.run_id = v_run[u.b] and w.wait_id = d_t[d][2] and w.status = 'waiting'
            limit 1) is null
          when 'u' then (
            select true from workflow_update_stages w
            where w.run_id = v_run[u.b] and w.status in ('requested', 'accepted')
            limit 1) is not null
          when 'p' then (
            select true from workflow_custody w
            where w.run_id = v_run[u.b] and w.pinned_build is null limit 1) is null
          when 't' then (
            select true from workflow_steps s
            where s.run_id = v_run[u.b] and s.step_id = d_t[d][2] and s.attempt = d_n[d][3] - 1
              and s.status in ('pending', 'running')
              and (s.retry_after is null or s.retry_after <= v_now)
            limit 1) is null or (
            select true from workflow_custody w
            where w.run_id = v_run[u.b] and w.held_at is not null limit 1) is not null
          when 'a' then (
            select true from workflow_steps s
            where s.run_id = v_run[u.b] and s.step_id = d_t[d][2] and s.attempt = d_n[d][3]
              and s.status = 'running'
            limit 1) is null
          else false end
        limit 1);
    if bad is not null then
      k := array(select u.b from unnest(k) as u(b) where u.b <> all (bad));
    end if;
  end if;

  if nc > 0 then
    select array_agg(g.c) into k_born
    from generate_series(1, nc) as g(c)
    where v_run[c_n[g.c][1]] is not null and (c_t[g.c][12] is null
      or c_t[g.c][12]::timestamptz between
        date_trunc('milliseconds', v_now) - interval '24 hours'
        and date_trunc('milliseconds', v_now) + interval '5 minutes')
      -- Nobody starts a run under the key of one that is gone, as long as that is kept.
      and (c_t[g.c][5] is null or (
        select true from workflow_spent_keys s
        where s.workflow = c_t[g.c][1] and s.key_hash = decode(c_t[g.c][5], 'hex')
          and s.until > v_now
        limit 1) is null)
      -- A child comes to be with its parent's batch or not at all.
      and (c_n[g.c][3] is null or c_n[g.c][3] = any (k) or b_n[c_n[g.c][3]][7] is not null);
    insert into workflow_runs (
      run_id, workflow, status, input, attributes, created_at, started_at, deployment_id,
      spec_version, task_queue, run_key, run_key_hash, input_hash, execution_context, input_bytes,
      input_codec, execution_context_bytes, execution_context_codec, pin, lineage)
    select
      v_run[u.b], c_t[u.c][1], case when u.ends then 'running' else b_t[u.b][5] end,
      c_t[u.c][8]::json, c_t[u.c][7]::jsonb, v_now, v_now + u.start * tick, c_t[u.c][2],
      c_n[u.c][2], c_t[u.c][3], c_t[u.c][4], decode(c_t[u.c][5], 'hex'), c_t[u.c][6],
      c_t[u.c][10]::json, c_b[u.c][1], c_t[u.c][9], c_b[u.c][2], c_t[u.c][11],
      c_t[u.c][13], c_t[u.c][14]::jsonb
    from (
      select
        g.c, x.b, b_n[x.b][6] is not null as ends,
        b_n[x.b][5] - b_n[x.b][3] as start
      from unnest(k_born) as g(c)
      cross join lateral (select c_n[g.c][1]::int as b) x) u
    order by c_t[u.c][1], c_t[u.c][5], case when c_t[u.c][4] is null then v_run[u.b] end, u.b
    on conflict do nothing;
    get diagnostics n = row_count;
    if n < nc then
      if n < cardinality(k_born) then
        k_born := array(
          select g.c from unnest(k_born) as g(c)
          where (
            select true from workflow_runs w
            where w.run_id = v_run[c_n[g.c][1]] and w.xmin = pg_current_xact_id()::xid limit 1));
      end if;
      select count(*) into n from generate_series(1, nc) as g(c)
      where c_n[g.c][3] = any (k) and g.c <> all (coalesce(k_born, '{}'));
      if n > 0 then
        raise exception 'a run is not as it was taken to be' using errcode = 'WR004';
      end if;
    end if;
    n := coalesce(cardinality(k), 0);
    for i in 1..coalesce(cardinality(k_born), 0) loop
      b := c_n[k_born[i]][1];
      k[n + i] := b; v_base[b] := 0; v_at[b] := v_now; v_epoch[b] := b_n[b][1];
      v_owner[b] := b_t[b][3]; v_queue[b] := c_t[k_born[i]][3];
    end loop;
  end if;

  if k is null or cardinality(k) = 0 then
    return next; return;
  end if;

  foreach b in array k loop
    m_steps := m_steps + b_n[b][9]; m_waits := m_waits + b_n[b][10];
    m_waited := m_waited + b_n[b][11]; m_hooks := m_hooks + b_n[b][12];
    m_gone := m_gone + b_n[b][13];
    m_opened := m_opened or coalesce(v_opened[b], false); m_turns := greatest(m_turns, b_n[b][15]);
    if b_n[b][16] > 0 then
      m_besides := m_besides | b_n[b][16];
      if b_n[b][16] & 16 > 0 then
        v_owes[b] := true;
      end if;
    end if;
    m_starts := m_starts or (b_n[b][5] is not null and b_n[b][7] is null);
    if b_n[b][6] is null then
      m_goes_on := m_goes_on or b_n[b][7] is null;
    else
      m_ends := true;
      if coalesce(v_kin[b], false) or b_n[b][16] & 64 > 0 then
        -- Its parent and its open children hear of its end, unless it goes on in another run.
        m_kin_ends := true;
        if d_t[b_n[b][6]][1] = 'run_continued' then
          m_hands_over := true;
        elsif coalesce((
            select true from workflow_runs w
            where w.run_id = v_run[b] and w.parent_run_id is not null limit 1), (
            select true from workflow_children c
            where c.run_id = v_run[b] and c.status = 'open' and c.close_policy <> 'abandon'
            limit 1), (
            select true from generate_series(b_n[b][3]::int, b_n[b][4]::int) as d
            where d_t[d][1] = 'child_created'
              and d_t[d][18]::jsonb ->> 'close_policy' <> 'abandon' limit 1)) then
          v_owes[b] := true;
        end if;
      end if;
      m_frees := m_frees or coalesce(v_holds[b], false) or b_n[b][10] > 0 or b_n[b][12] > 0;
      if b_n[b][7] is not null then
        m_stillborn := true;
      elsif b_t[b][3] is not null and b_t[b][7] is null and v_owes[b] is null then
        m_settles := true;
      else
        m_goes_on := true;
      end if;
    end if;
  end loop;

  if m_hooks > 0 then
    insert into workflow_hooks (
      run_id, hook_id, name, token, token_hash, metadata, metadata_bytes, metadata_codec, webhook,
      created_at)
    select
      v_run[u.b], d_t[u.d][2], coalesce(d_t[u.d][3], ''), d_t[u.d][6], decode(d_t[u.d][12], 'hex'),
      d_t[u.d][10]::json, d_b[u.d], d_t[u.d][11], d_n[u.d][4] = 1,
      v_at[u.b] + u.nr * tick
    from (
      select x.b, d, d - b_n[x.b][3] as nr
      from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][12] > 0 and d_t[d][1] = 'hook_created') u
    order by decode(d_t[u.d][12], 'hex'), u.b
    on conflict do nothing;
    get diagnostics n = row_count;
    if n < m_hooks then
      -- Somebody took a token meanwhile: those batches are left out, with what they had taken.
      select array_agg(distinct x.b) into bad
      from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][12] > 0 and d_t[d][1] = 'hook_created'
        and (
          select true from workflow_hooks h
          where h.run_id = v_run[x.b] and h.hook_id = d_t[d][2]
            and h.xmin = pg_current_xact_id()::xid limit 1) is null;
      delete from workflow_hooks h using unnest(bad) as x(b)
      where h.run_id = v_run[x.b] and h.xmin = pg_current_xact_id()::xid;
      delete from workflow_runs w using unnest(bad) as x(b)
      where b_n[x.b][7] is not null and w.run_id = v_run[x.b];
      k := array(select u.b from unnest(k) as u(b) where u.b <> all (bad));
      if cardinality(k) = 0 then
        return next; return;
      end if;
      -- Those that stay are counted anew.
      m_steps := 0; m_waits := 0; m_waited := 0; m_gone := 0;
      foreach b in array k loop
            m_steps := m_steps + b_n[b][9]; m_waits := m_waits + b_n[b][10];
        m_waited := m_waited + b_n[b][11]; m_gone := m_gone + b_n[b][13];
      end loop;
    end if;
  end if;

  if m_gone > 0 then
    delete from workflow_hooks h
    using (
      select x.b, d_t[d][2] as hook_id
      from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][13] > 0 and d_t[d][1] = 'hook_disposed'
      offset 0) u
    where h.run_id = v_run[u.b] and h.hook_id = u.hook_id;
  end if;

  if k_born is not null then
    insert into workflow_custody (
      run_id, phase, created_at, owner, epoch, due_at, position, updated_at, other_position,
      claimed_position,
      holds, opened, kin, spec_version, task_queue, workflow, pinned_build)
    select
      v_run[u.b], left(b_t[u.b][5], 1)::"char", v_now, v_owner[u.b], v_epoch[u.b],
      b_t[u.b][7]::timestamptz,
      u.last + 1, v_now + u.last * tick, b_n[u.b][8], b_n[u.b][2],
      b_n[u.b][10] > 0 or b_n[u.b][12] > 0, b_n[u.b][14] > 0,
      c_t[u.c][14]::jsonb ->> 'parent' is not null, c_n[u.c][2], c_t[u.c][3], c_t[u.c][1],
      c_t[u.c][13]
    from (
      select g.c, x.b, b_n[x.b][4] - b_n[x.b][3] as last
      from unnest(k_born) as g(c)
      cross join lateral (select c_n[g.c][1]::int as b) x) u
    where u.b = any (k);
    -- Who goes on in place of a run that is held is held as well.
    if m_hands_over then
      update workflow_custody w set
        held_at = o.held_at, held_reason = o.held_reason, held_by = o.held_by
      from (
        select c_n[g.c][1] as b, c_n[g.c][3] as by
        from unnest(k_born) as g(c)
        where c_n[g.c][1] = any (k) and c_n[g.c][3] is not null) u
      cross join lateral (
        select p.held_at, p.held_reason, p.held_by from workflow_custody p
        where p.run_id = v_run[u.by] and p.held_at is not null limit 1) o
      where d_t[b_n[u.by][6]][1] = 'run_continued' and v_run[u.b] = d_t[b_n[u.by][6]][7]
        and w.run_id = v_run[u.b];
    end if;
  end if;

  -- Where no step was written down before it was over, each is new: to look first costs a tenth of
  -- a call of many batches.
  if m_opened then{writing}{taking_up};
  else{writing};
  end if;
  get diagnostics m_written = row_count;
  for m_turn in 2..m_turns loop{going_on};
    get diagnostics n = row_count;
    m_written := m_written + n;
  end loop;
  if m_written <> m_steps then
    raise exception 'a step is not as it was taken to be' using errcode = 'WR004';
  end if;

  if m_waits > 0 then
    insert into workflow_waits (run_id, wait_id, name, status, resume_at, created_at)
    select
      v_run[u.b], d_t[u.d][2], coalesce(d_t[u.d][3], ''), 'waiting',
      d_t[u.d][17]::timestamptz, v_at[u.b] + u.nr * tick
    from (
      select x.b, d, d - b_n[x.b][3] as nr
      from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][10] > 0 and d_t[d][1] = 'wait_created') u
    on conflict do nothing;
    get diagnostics n = row_count;
    if n <> m_waits then
      raise exception 'a wait was there already' using errcode = 'WR004';
    end if;
  end if;

  if m_waited > 0 then
    update workflow_waits w set
      status = case u.type when 'wait_completed' then 'completed' else 'cancelled' end,
      completed_at = v_at[u.b] + u.nr * tick
    from (
      select
        x.b, d_t[d][1] as type, d_t[d][2] as wait_id,
        d - b_n[x.b][3] as nr
      from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][11] > 0
        and d_t[d][1] in ('wait_completed', 'wait_cancelled')
      offset 0) u
    where w.run_id = v_run[u.b] and w.wait_id = u.wait_id and w.status = 'waiting';
    get diagnostics n = row_count;
    if n <> m_waited then
      raise exception 'a wait is not as it was taken to be' using errcode = 'WR004';
    end if;
  end if;

  -- Whatever held an owner's run up is over, and what others say makes a run due at once.
  if m_goes_on then
    update workflow_custody w set
      phase = coalesce(u.phase, w.phase), position = v_base[u.b] + u.size,
      updated_at = v_at[u.b] + (u.size - 1) * tick,
      due_at = case when v_owes[u.b] then '-infinity' else b_t[u.b][7]::timestamptz end,
      owes = coalesce(v_owes[u.b], false),
      other_position = case when u.mine then w.other_position else v_base[u.b] + u.size end,
      stalled_at = case when u.mine then null else w.stalled_at end,
      stalled_reason = case when u.mine then null else w.stalled_reason end,
      stalled_build = null, holds = w.holds or u.holds, opened = w.opened or u.opened,
      -- What has ended is held by nobody.
      held_at = case when u.phase = 'e' then null else w.held_at end
    from (
      select
        x.b, v_place[x.b] as place, b_n[x.b][10] > 0 or b_n[x.b][12] > 0 as holds,
        b_n[x.b][14] > 0 as opened, b_t[x.b][3] is not null as mine,
        case when b_n[x.b][6] is not null then 'e'::"char"
             else left(b_t[x.b][5], 1)::"char" end as phase,
        b_n[x.b][4] - b_n[x.b][3] + 1 as size
      from unnest(k) as x(b)
      where b_n[x.b][7] is null
        and not (b_n[x.b][6] is not null and b_t[x.b][3] is not null
          and b_t[x.b][7] is null and v_owes[x.b] is null)) u
    where w.ctid = u.place;
  end if;

  if m_starts then
    update workflow_runs w set
      status = 'running',
      started_at = coalesce(w.started_at, v_at[u.b] + u.nr * tick)
    from (
      select x.b, b_n[x.b][5] - b_n[x.b][3] as nr
      from unnest(k) as x(b)
      where b_n[x.b][5] is not null and b_n[x.b][6] is null
        and b_n[x.b][7] is null) u
    where w.run_id = v_run[u.b];
  end if;

  if m_ends then
    if m_frees then
      delete from workflow_hooks h using unnest(k) as u(b)
      where b_n[u.b][6] is not null and h.run_id = v_run[u.b];
      delete from workflow_waits w using unnest(k) as u(b)
      where b_n[u.b][6] is not null and w.run_id = v_run[u.b];
    end if;
    -- Whose run is over and has nothing left to do loses its row.
    if m_settles then
      delete from workflow_custody w using unnest(k) as u(b)
      where b_n[u.b][6] is not null and b_t[u.b][7] is null
        and b_t[u.b][3] is not null and b_n[u.b][7] is null and v_owes[u.b] is null
        and w.ctid = v_place[u.b];
    end if;
    if m_stillborn then
      update workflow_custody w set phase = 'e' from unnest(k) as u(b)
      where b_n[u.b][6] is not null and b_n[u.b][7] is not null and w.run_id = v_run[u.b];
    end if;
    update workflow_runs w set
      status = u.status, completed_at = v_at[u.b] + (u.size - 1) * tick,
      started_at = coalesce(w.started_at, v_at[u.b] + u.start * tick),
      last_position = v_base[u.b] + u.size, epoch = v_epoch[u.b],
      unsuccessful = nullif(u.status <> 'completed', false),
      output = case when u.status = 'completed' then d_t[u.d][10]::json end,
      output_bytes = case when u.status = 'completed' then d_b[u.d] end,
      output_codec = case when u.status = 'completed' then d_t[u.d][11] end,
      error = case when u.status = 'failed' then d_t[u.d][10]::json end,
      error_bytes = case when u.status = 'failed' then d_b[u.d] end,
      error_codec = case when u.status = 'failed' then d_t[u.d][11] end,
      error_code = d_t[u.d][8], reason = d_t[u.d][9],
      unread_signals = (d_t[u.d][18]::jsonb ->> 'unread')::integer
    from (
      select
        x.b, b_n[x.b][6]::int as d,
        b_t[x.b][5] as status,
        b_n[x.b][5] - b_n[x.b][3] as start,
        b_n[x.b][4] - b_n[x.b][3] + 1 as size
      from unnest(k) as x(b)
      where b_n[x.b][6] is not null) u
    where w.run_id = v_run[u.b];
  end if;

  if m_besides > 0 then
    perform append_besides_v1(m_besides, k, v_run, v_base, v_at, b_n, d_t, d_n, d_b);
  end if;
  if m_besides & 64 > 0 or m_kin_ends then
    perform append_kin_v1(
      m_besides & 64 > 0, m_kin_ends, k, v_run, v_base, v_at, coalesce(v_kin, '{}'), b_n, d_t, d_n,
      d_b);
  end if;

  o_batch := k;
  for i in 1..cardinality(k) loop
    b := k[i];
    o_run[i] := v_run[b]; o_hook[i] := v_hook[b]; o_base[i] := v_base[b]; o_owner[i] := v_owner[b];
    o_queue[i] := v_queue[b];
    o_late[i] := case when v_at[b] > v_now
                      then round(extract(epoch from v_at[b] - v_now) * 1000000) else 0 end;
  end loop;
  return next;
end
$$
$source$,
    '{writing}', drafts || events || steps || ' and turn = 1'), '{taking_up}', taking_up),
    '{going_on}', drafts || steps || ' and turn = m_turn' || taking_up);
end
$install$;

-- What batches say besides steps, hooks and waits: states, attributes, changes, updates, and what they
-- send. Called by append_v1, with its arguments.
create function append_besides_v1(
  m_besides bigint, k int[], v_run text[], v_base bigint[], v_at timestamptz[], b_n bigint[], d_t text[],
  d_n bigint[], d_b bytea[]
) returns void
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
declare
  tick constant interval := '1 microsecond';
  n bigint;
  asked bigint;
begin
  if m_besides & 1 > 0 then
    insert into workflow_published as p (run_id, name, position, updated_at)
    select v_run[u.b], d_t[u.d][3], v_base[u.b] + 1 + u.nr, v_at[u.b] + u.nr * tick
    from (
      select x.b, d, d - b_n[x.b][3] as nr from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][16] & 1 > 0 and d_t[d][1] = 'state_published') u
    on conflict (run_id, name) do update set
      position = excluded.position, updated_at = excluded.updated_at;
  end if;

  if m_besides & 2 > 0 then
    update workflow_runs w set
      attributes = coalesce((
        select jsonb_object_agg(a.key, a.value)
        from jsonb_each(w.attributes || d_t[u.d][18]::jsonb) as a(key, value)
        where a.value <> 'null'), '{}')
    from (
      select x.b, d from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][16] & 2 > 0 and d_t[d][1] = 'attributes_set') u
    where w.run_id = v_run[u.b];
  end if;

  if m_besides & 4 > 0 then
    insert into workflow_changes (run_id, change_id, taken, position)
    select v_run[u.b], d_t[u.d][3], d_n[u.d][4] = 1, v_base[u.b] + 1 + u.nr
    from (
      select x.b, d, d - b_n[x.b][3] as nr from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][16] & 4 > 0 and d_t[d][1] = 'change_marked') u
    order by u.d
    on conflict do nothing;
  end if;

  if m_besides & 8 > 0 then
    insert into workflow_update_stages (run_id, update_id, name, status, requested, created_at)
    select
      v_run[u.b], d_t[u.d][2], d_t[u.d][3], 'requested', v_base[u.b] + 1 + u.nr,
      v_at[u.b] + u.nr * tick
    from (
      select x.b, d, d - b_n[x.b][3] as nr from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][17] > 0 and d_t[d][1] = 'update_requested') u
    on conflict do nothing;
    get diagnostics n = row_count;
    select coalesce(sum(b_n[x.b][17]), 0) into asked from unnest(k) as x(b);
    if n <> asked then
      raise exception 'an update is not as it was taken to be' using errcode = 'WR004';
    end if;
    -- That it was taken and what became of it may come in one batch.
    update workflow_update_stages w set
      status = substr(d_t[u.last][1], length('update_') + 1),
      accepted_at = coalesce(v_at[u.b] + (u.accepted - b_n[u.b][3]) * tick, w.accepted_at),
      answered = case when d_t[u.last][1] <> 'update_accepted'
                      then v_base[u.b] + 1 + u.last - b_n[u.b][3] else w.answered end,
      completed_at = case when d_t[u.last][1] <> 'update_accepted'
                          then v_at[u.b] + (u.last - b_n[u.b][3]) * tick else w.completed_at end
    from (
      select
        x.b, d_t[d][2] as update_id, max(d) as last,
        max(d) filter (where d_t[d][1] = 'update_accepted') as accepted, min(d) as first
      from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][16] & 8 > 0
        and d_t[d][1] in ('update_accepted', 'update_rejected', 'update_completed', 'update_failed')
      group by x.b, d_t[d][2]) u
    where w.run_id = v_run[u.b] and w.update_id = u.update_id
      and case d_t[u.first][1]
          when 'update_completed' then w.status = 'accepted'
          when 'update_failed' then w.status in ('requested', 'accepted')
          else w.status = 'requested' end;
    get diagnostics n = row_count;
    select count(distinct (x.b, d_t[d][2])) into asked from unnest(k) as x(b)
    cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
    where b_n[x.b][16] & 8 > 0
      and d_t[d][1] in ('update_accepted', 'update_rejected', 'update_completed', 'update_failed');
    if n <> asked then
      raise exception 'an update is not as it was taken to be' using errcode = 'WR004';
    end if;
  end if;

  if m_besides & 16 > 0 then
    insert into workflow_relays (
      relay_id, target_run_id, source_run_id, type, name, occurred_at, payload, payload_bytes,
      payload_codec)
    select
      'rely_' || v_run[u.b] || '_' || (v_base[u.b] + 1 + u.nr), d_t[u.d][7], v_run[u.b],
      'signal_received', d_t[u.d][18]::jsonb ->> 'signal', d_t[u.d][14]::timestamptz,
      d_t[u.d][10]::json, d_b[u.d], d_t[u.d][11]
    from (
      select x.b, d, d - b_n[x.b][3] as nr from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][16] & 16 > 0 and d_t[d][1] = 'signal_sent') u
    order by u.b, u.d;
  end if;

  if m_besides & 32 > 0 then
    update workflow_custody w set spec_version = 7
    from unnest(k) as u(b)
    where b_n[u.b][16] & 32 > 0 and w.run_id = v_run[u.b] and w.spec_version < 7;
  end if;
end
$$;

-- What batches say of other runs: children that come to be and end, what a run leaves to the one that
-- goes on in its place, and what is owed at its end. Called by append_v1, with its arguments.
create function append_kin_v1(
  p_says boolean, p_ends boolean, k int[], v_run text[], v_base bigint[], v_at timestamptz[],
  v_kin boolean[], b_n bigint[], d_t text[], d_n bigint[], d_b bytea[]
) returns void
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set plan_cache_mode = force_generic_plan set jit = off
set search_path = "${schema}", pg_temp
as $$
declare
  tick constant interval := '1 microsecond';
  n bigint;
  asked bigint;
begin
  if p_says then
    -- Children that are there from now on. Of those that are told of in the same call one may say more.
    with fresh as (
      insert into workflow_children (
        run_id, child_id, child_run_id, workflow, close_policy, status, created_at)
      select
        v_run[u.b], d_t[u.d][2], d_t[u.d][7], d_t[u.d][18]::jsonb ->> 'workflow',
        d_t[u.d][18]::jsonb ->> 'close_policy', 'open', v_at[u.b] + u.nr * tick
      from (
        select x.b, d, d - b_n[x.b][3] as nr from unnest(k) as x(b)
        cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
        where b_n[x.b][16] & 64 > 0 and d_t[d][1] in ('child_created', 'child_carried')) u
      on conflict do nothing
      returning run_id),
    marked as (
      update workflow_custody w set kin = true
      from (select distinct run_id from fresh) f
      where w.run_id = f.run_id and not w.kin)
    select count(*) into n from fresh;
    select count(*) into asked from unnest(k) as x(b)
    cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
    where b_n[x.b][16] & 64 > 0 and d_t[d][1] in ('child_created', 'child_carried');
    if n <> asked then
      raise exception 'a child is not as it was taken to be' using errcode = 'WR004';
    end if;

    update workflow_children w set
      status = substr(d_t[u.d][1], length('child_') + 1), completed_at = v_at[u.b] + u.nr * tick
    from (
      select x.b, d, d - b_n[x.b][3] as nr from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][16] & 64 > 0
        and d_t[d][1] in ('child_completed', 'child_failed', 'child_cancelled')
      offset 0) u
    where w.run_id = v_run[u.b] and w.child_id = d_t[u.d][2] and w.status = 'open';
    get diagnostics n = row_count;
    select count(*) into asked from unnest(k) as x(b)
    cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
    where b_n[x.b][16] & 64 > 0
      and d_t[d][1] in ('child_completed', 'child_failed', 'child_cancelled');
    if n <> asked then
      raise exception 'a child is not as it was taken to be' using errcode = 'WR004';
    end if;

    insert into workflow_relays (
      relay_id, target_run_id, source_run_id, type, reason, occurred_at)
    select
      'rely_' || v_run[u.b] || '_' || (v_base[u.b] + 1 + u.nr), c.child_run_id, v_run[u.b],
      'cancel_requested', d_t[u.d][9], d_t[u.d][14]::timestamptz
    from (
      select x.b, d, d - b_n[x.b][3] as nr from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][16] & 64 > 0 and d_t[d][1] = 'child_cancel_requested'
      offset 0) u
    join workflow_children c
      on c.run_id = v_run[u.b] and c.child_id = d_t[u.d][2] and c.status = 'open'
    order by u.b, u.d;
    get diagnostics n = row_count;
    select count(*) into asked from unnest(k) as x(b)
    cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
    where b_n[x.b][16] & 64 > 0 and d_t[d][1] = 'child_cancel_requested';
    if n <> asked then
      raise exception 'a child is not as it was taken to be' using errcode = 'WR004';
    end if;

    -- Hooks that came over from the run before, whose rows went with its end.
    insert into workflow_hooks (
      run_id, hook_id, name, token, token_hash, metadata, metadata_bytes, metadata_codec, webhook,
      carried, created_at)
    select
      v_run[u.b], d_t[u.d][2], d_t[u.d][3], d_t[u.d][6], decode(d_t[u.d][12], 'hex'),
      d_t[u.d][10]::json, d_b[u.d], d_t[u.d][11], d_n[u.d][4] = 1, true, v_at[u.b] + u.nr * tick
    from (
      select x.b, d, d - b_n[x.b][3] as nr from unnest(k) as x(b)
      cross join lateral generate_series(b_n[x.b][3]::int, b_n[x.b][4]::int) as d
      where b_n[x.b][16] & 64 > 0 and d_t[d][1] = 'hook_carried') u
    order by decode(d_t[u.d][12], 'hex');
    update workflow_custody w set holds = true
    from unnest(k) as u(b)
    where b_n[u.b][16] & 64 > 0 and w.run_id = v_run[u.b] and exists (
      select from generate_series(b_n[u.b][3]::int, b_n[u.b][4]::int) as d
      where d_t[d][1] = 'hook_carried');

    -- From now on there is a chain: what is known by its first run finds that one, too.
    update workflow_runs w set
      continued_to = d_t[b_n[u.b][6]][7],
      lineage = case when w.chain_id is null
        then coalesce(w.lineage, '{}')
          || jsonb_build_object('chain', w.run_id, 'chain_index', 0)
        else w.lineage end
    from unnest(k) as u(b)
    where b_n[u.b][6] is not null and d_t[b_n[u.b][6]][1] = 'run_continued' and w.run_id = v_run[u.b];
  end if;

  if p_ends then
    -- What is owed at the end of a run: to its parent how it ended, to its children that it did.
    insert into workflow_relays (
      relay_id, target_run_id, source_run_id, type, correlation_id, other_run_id, flag, error_code,
      reason, occurred_at, payload, payload_bytes, payload_codec)
    select
      'rely_' || r.run_id || '_' || (v_base[u.b] + 1 + d_last - b_n[u.b][3]), r.parent_run_id,
      r.run_id,
      case d_t[d_last][1] when 'run_completed' then 'child_completed'
                          when 'run_failed' then 'child_failed' else 'child_cancelled' end,
      r.lineage ->> 'child', r.run_id,
      case d_t[d_last][1] when 'run_cancelled' then false when 'run_terminated' then true end,
      d_t[d_last][8], d_t[d_last][9], d_t[d_last][14]::timestamptz, d_t[d_last][10]::json,
      d_b[d_last], d_t[d_last][11]
    from unnest(k) as u(b)
    cross join lateral (select b_n[u.b][6]::int as d_last) e
    join workflow_runs r on r.run_id = v_run[u.b]
    where d_last is not null and v_kin[u.b] and d_t[d_last][1] <> 'run_continued'
      and r.parent_run_id is not null;
    insert into workflow_relays (
      relay_id, target_run_id, source_run_id, type, reason, occurred_at)
    select
      'rely_' || c.run_id || '_' || (v_base[u.b] + 1 + d_last - b_n[u.b][3]) || '_' || c.child_id,
      c.child_run_id, c.run_id,
      case c.close_policy when 'terminate' then 'run_terminated' else 'cancel_requested' end,
      'the run that started it has ended', d_t[d_last][14]::timestamptz
    from unnest(k) as u(b)
    cross join lateral (select b_n[u.b][6]::int as d_last) e
    join workflow_children c on c.run_id = v_run[u.b]
    where d_last is not null and (v_kin[u.b] or b_n[u.b][16] & 64 > 0)
      and d_t[d_last][1] <> 'run_continued' and c.status = 'open' and c.close_policy <> 'abandon'
    order by u.b, c.created_at;
  end if;
end
$$;
