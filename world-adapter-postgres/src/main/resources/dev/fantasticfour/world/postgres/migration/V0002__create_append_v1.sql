-- The one write of facts. Lock: none at creation. It stays when a later version is added, so that nodes
-- of two releases can share a database.
--
-- Per call: lock the run rows in id order; read everything else in the statements after that, each of
-- which sees a fresh snapshot (a guard in the locking statement would see hooks and events as they were
-- before it waited); judge batch after batch; write what was accepted. A refused batch leaves no trace
-- and costs the others nothing. When an insert finds that somebody else took an id, token or key in
-- between, the whole call is rolled back with SQLSTATE WR001 and the caller repeats it.
--
-- Arguments are columns of four tables, joined by subscript:
--   r_ runs in play       (id, or the hash of the token by which to find it)
--   e_ steps, hooks, waits in play
--   b_ batches, in order
--   d_ drafts, in order; d_gate and d_guard hold the verdict for each state (see Reduction)
--   c_ what runs are created from
--
-- Planner settings are pinned: a plan made while the tables were empty must be good for full ones.
create function append_v1(
  p_wait boolean, p_offset interval,
  r_id text[], r_hash bytea[],
  e_run int[], e_kind text[], e_id text[],
  t_hash bytea[],
  b_id text[], b_run int[], b_owner boolean[], b_worker text[], b_epoch bigint[], b_seen bigint[],
  b_due timestamptz[], b_claim text[], b_first int[], b_last int[], b_ends boolean[],
  d_entity int[], d_token int[], d_gate text[], d_guard text[], d_expect int[], d_early boolean[],
  d_next int[], d_next_run text[], d_next_status text[], d_byowner boolean[],
  d_type text[], d_correlation text[], d_occurred timestamptz[], d_name text[], d_branch text[],
  d_index int[], d_attempt int[], d_text text[], d_worker text[], d_token_text text[],
  d_webhook boolean[], d_time timestamptz[], d_json text[], d_bytes bytea[], d_codec text[],
  d_creation int[],
  c_workflow text[], c_deployment text[], c_spec int[], c_queue text[], c_key text[],
  c_key_hash bytea[], c_input_hash text[], c_attributes text[], c_minted timestamptz[],
  c_json text[], c_bytes bytea[], c_codec text[],
  c_context_json text[], c_context_bytes bytea[], c_context_codec text[]
) returns table (
  o_batch int, o_row text, o_run text, o_entity text, o_owner text, o_epoch bigint, o_queue text,
  o_status text, o_existing text, o_hash text, o_wait bigint, o_first bigint, o_at timestamptz,
  o_marks text, o_conflicts text[], o_event text[]
) language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan set jit = off set lock_timeout = '5s'
set search_path = "${schema}", pg_temp
as $$
declare
  nb constant int := cardinality(b_id);
  nr constant int := greatest(cardinality(r_id), cardinality(r_hash));
  ne constant int := coalesce(cardinality(e_run), 0);
  v_now timestamptz;
  rec record;
  -- Runs: 1 absent, 2 pending, 3 running, 4 ended; the rest as in the row.
  r_state int[] := array_fill(1, array[nr]);
  r_busy boolean[];
  r_found boolean[];
  r_status text[];
  r_owner text[];
  r_epoch bigint[] := array_fill(0::bigint, array[nr]);
  r_queue text[];
  r_pos bigint[] := array_fill(0::bigint, array[nr]);
  r_at timestamptz[] := array_fill(null::timestamptz, array[nr]);
  r_started timestamptz[] := array_fill(null::timestamptz, array[nr]);
  r_other bigint[] := array_fill(0::bigint, array[nr]);
  r_batch text[];
  r_batch_pos bigint[];
  r_hook text[];
  r_logged boolean[];
  r_spec int[];
  -- What the accepted batches made of the run.
  r_dirty boolean[];
  r_born int[];
  r_born_at timestamptz[];
  r_claimed bigint[];
  r_due timestamptz[] := array_fill(null::timestamptz, array[nr]);
  r_end int[];
  r_settle text[];
  -- Steps, hooks, waits: the state that d_guard is indexed with.
  e_state int[] := array_fill(1, array[ne]);
  e_found boolean[] := array_fill(false, array[ne]);
  e_attempt int[] := array_fill(0, array[ne]);
  e_retry timestamptz[] := array_fill(null::timestamptz, array[ne]);
  e_thash bytea[];
  e_token int[];
  e_other bigint[] := array_fill(0::bigint, array[ne]);
  e_received bigint[] := array_fill(0::bigint, array[ne]);
  e_status text[];
  e_made int[];
  e_made_at timestamptz[];
  e_at timestamptz[];
  e_started timestamptz[];
  e_done timestamptz[];
  e_output int[];
  e_error int[];
  -- Tokens in play: the run and the entity that hold each.
  t_run text[];
  t_hook text[];
  -- Events to write.
  a_draft int[];
  a_batch int[];
  a_run int[];
  a_pos bigint[];
  a_at timestamptz[];
  a_type text[];
  a_conflict text[];
  n_events int := 0;
  -- Batches found in the log, and events to report with a batch.
  b_from bigint[];
  q_batch int[];
  q_row text[];
  q_run text[];
  q_from bigint[];
  q_to bigint[];
  nq int := 0;
  -- The batch in hand.
  r int; e int; t int; c int; d int; i int;
  l_state int; l_status text; l_pos bigint; l_epoch bigint;
  l_code text; l_entity text; l_wait bigint; l_existing text; l_hash text;
  l_marks text; l_conflicts text[]; l_born int; l_key_run text;
  l_at timestamptz; l_first bigint; l_first_at timestamptz; l_mark text; l_upto int;
  u_state int[]; u_attempt int[]; u_retry timestamptz[]; u_run text[]; u_hook text[];
  m_steps boolean := false; m_hooks boolean := false; m_waits boolean := false;
  m_gone boolean := false; m_born boolean := false; m_runs boolean := false;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'append_v1 needs READ COMMITTED' using errcode = 'WR002';
  end if;

  for i in 1..nr loop
    if r_id[i] is null and r_hash[i] is not null then
      l_key_run := null;
      select h.run_id into l_key_run from workflow_hooks h where h.token_hash = r_hash[i];
      r_id[i] := l_key_run;
    end if;
  end loop;
  -- Batches by others that are in the log already. Those for a token find their run by it.
  -- After the tokens: the same batch may be on its way, with the end of its hook right behind it, and
  -- one of the two looks must find it.
  for rec in
    select g.i, ev.run_id
    from generate_series(1, nb) as g(i)
    cross join lateral (
      select x.run_id from workflow_events x
      where x.batch_id = b_id[g.i] and x.seen < 0 limit 1) ev
    where not b_owner[g.i] and r_hash[b_run[g.i]] is not null
  loop
    r_id[b_run[rec.i]] := rec.run_id;
    r_logged[b_run[rec.i]] := true;
  end loop;

  if r_hash is not null then
    -- A token may lead to a run that is in play already: then that one counts for both.
    e_token := e_run;
    for i in 1..nr loop
      if r_hash[i] is not null and r_id[i] is not null then
        c := null;
        for j in 1..nr loop
          -- The one that is named; if none is, the first.
          if r_id[j] = r_id[i] and (r_hash[j] is null or c is null) then
            c := j;
            exit when r_hash[j] is null;
          end if;
        end loop;
        if c <> i then
          for b in 1..nb loop
            if b_run[b] = i then b_run[b] := c; end if;
          end loop;
          for e in 1..ne loop
            if e_run[e] = i then e_run[e] := c; end if;
          end loop;
        end if;
      end if;
    end loop;
  end if;

  if p_wait then
    for rec in
      select u.slot, w.status, w.owner, w.epoch, w.task_queue, w.last_position, w.updated_at,
             w.started_at, w.last_other_position, w.last_batch_id, w.last_batch_position,
             w.due_at, w.spec_version
      from unnest(r_id) with ordinality as u(id, slot)
      join workflow_runs w on w.run_id = u.id
      order by w.run_id
      for no key update of w
    loop
      i := rec.slot;
      r_found[i] := true;
      r_state[i] := case rec.status when 'pending' then 2 when 'running' then 3 else 4 end;
      r_status[i] := rec.status; r_owner[i] := rec.owner; r_epoch[i] := rec.epoch;
      r_queue[i] := rec.task_queue; r_pos[i] := rec.last_position; r_at[i] := rec.updated_at;
      r_started[i] := rec.started_at; r_other[i] := rec.last_other_position;
      r_batch[i] := rec.last_batch_id; r_batch_pos[i] := rec.last_batch_position;
      r_due[i] := rec.due_at; r_spec[i] := rec.spec_version;
    end loop;
  else
    for rec in
      select u.slot, w.status, w.owner, w.epoch, w.task_queue, w.last_position, w.updated_at,
             w.started_at, w.last_other_position, w.last_batch_id, w.last_batch_position,
             w.due_at, w.spec_version
      from unnest(r_id) with ordinality as u(id, slot)
      join workflow_runs w on w.run_id = u.id
      order by w.run_id
      for no key update of w skip locked
    loop
      i := rec.slot;
      r_found[i] := true;
      r_state[i] := case rec.status when 'pending' then 2 when 'running' then 3 else 4 end;
      r_status[i] := rec.status; r_owner[i] := rec.owner; r_epoch[i] := rec.epoch;
      r_queue[i] := rec.task_queue; r_pos[i] := rec.last_position; r_at[i] := rec.updated_at;
      r_started[i] := rec.started_at; r_other[i] := rec.last_other_position;
      r_batch[i] := rec.last_batch_id; r_batch_pos[i] := rec.last_batch_position;
      r_due[i] := rec.due_at; r_spec[i] := rec.spec_version;
    end loop;
    -- There, but not locked: somebody else has it.
    for rec in
      select g.i from generate_series(1, nr) as g(i)
      join workflow_runs w on w.run_id = r_id[g.i]
      where r_found[g.i] is null
    loop
      r_busy[rec.i] := true;
    end loop;
  end if;

  v_now := clock_timestamp() + p_offset;

  -- From here on nobody else changes these runs.
  for rec in
    select g.i, min(ev.position) as lo
    from generate_series(1, nb) as g(i)
    join workflow_events ev on ev.batch_id = b_id[g.i] and ev.seen < 0
    where not b_owner[g.i] and ev.run_id = r_id[b_run[g.i]]
    group by g.i
  loop
    b_from[rec.i] := rec.lo;
    if r_found[b_run[rec.i]] is null then
      raise exception 'run created meanwhile' using errcode = 'WR001';
    end if;
  end loop;

  for i in 1..nr loop
    if r_hash[i] is not null and r_id[i] is not null then
      l_entity := null;
      select h.hook_id, h.run_id into l_entity, l_key_run
      from workflow_hooks h where h.token_hash = r_hash[i];
      r_hook[i] := l_entity;
      if r_logged[i] then
        -- Its batch went to a run that may have lost the token since.
        r_hook[i] := null;
      elsif r_hook[i] is not null and l_key_run <> r_id[i] then
        raise exception 'token moved to another run meanwhile' using errcode = 'WR001';
      end if;
    end if;
  end loop;

  if ne > 0 then
    if r_hash is not null then
      for e in 1..ne loop
        if r_hash[e_token[e]] is not null then
          e_id[e] := r_hook[e_token[e]];
          -- The same hook by its name, or by another batch.
          for i in 1..ne loop
            if i <> e and e_kind[i] = 'h' and e_run[i] = e_run[e] and e_id[i] = e_id[e] then
              for d in 1..cardinality(d_entity) loop
                if d_entity[d] = e then d_entity[d] := i; end if;
              end loop;
              exit;
            end if;
          end loop;
        end if;
      end loop;
    end if;
    if 's' = any (e_kind) then
      for rec in
        select g.i, s.status, s.attempt, s.retry_after
        from generate_series(1, ne) as g(i)
        join workflow_steps s on s.run_id = r_id[e_run[g.i]] and s.step_id = e_id[g.i]
        where e_kind[g.i] = 's'
      loop
        e := rec.i;
        e_found[e] := true;
        e_state[e] := case rec.status when 'pending' then 2 when 'running' then 3 else 4 end;
        e_attempt[e] := rec.attempt;
        e_retry[e] := rec.retry_after;
      end loop;
    end if;
    if 'h' = any (e_kind) then
      for rec in
        select g.i, h.token_hash, ev.made
        from generate_series(1, ne) as g(i)
        left join workflow_hooks h on h.run_id = r_id[e_run[g.i]] and h.hook_id = e_id[g.i]
        -- Not EXISTS, which may be planned as one scan of all events.
        left join lateral (
          select true as made from workflow_events x
          where x.correlation_id = e_id[g.i] and x.run_id = r_id[e_run[g.i]]
            and x.type = 'hook_created' limit 1) ev on true
        where e_kind[g.i] = 'h'
      loop
        e := rec.i;
        e_found[e] := rec.token_hash is not null;
        e_thash[e] := rec.token_hash;
        e_state[e] := case when rec.token_hash is not null then 2 when rec.made then 3 else 1 end;
      end loop;
    end if;
    if 'w' = any (e_kind) then
      for rec in
        select g.i, w.status
        from generate_series(1, ne) as g(i)
        join workflow_waits w on w.run_id = r_id[e_run[g.i]] and w.wait_id = e_id[g.i]
        where e_kind[g.i] = 'w'
      loop
        e := rec.i;
        e_found[e] := true;
        e_state[e] := case rec.status when 'waiting' then 2 when 'completed' then 3 else 4 end;
      end loop;
    end if;
    if t_hash is not null then
      for rec in
        select g.i, h.run_id, h.hook_id
        from generate_series(1, cardinality(t_hash)) as g(i)
        join workflow_hooks h on h.token_hash = t_hash[g.i]
      loop
        t_run[rec.i] := rec.run_id; t_hook[rec.i] := rec.hook_id;
      end loop;
    end if;
  end if;

  <<batches>>
  for b in 1..nb loop
    o_batch := b; o_run := null; o_entity := null; o_owner := null; o_epoch := null;
    o_queue := null; o_status := null; o_existing := null; o_hash := null; o_wait := null;
    o_first := null; o_at := null; o_marks := null; o_conflicts := null;
    r := b_run[b];
    l_code := null; l_entity := null; l_wait := null; l_existing := null; l_hash := null;

    if r_busy[r] then
      o_row := 'busy'; return next; continue batches;
    end if;
    l_status := r_status[r];
    if b_owner[b] and b_from[b] is null then
      if r_batch[r] = b_id[b] then
        b_from[b] := r_batch_pos[r];
      elsif r_pos[r] > b_seen[b] then
        -- An older batch of the owner, sent once more. It lies beyond what it had seen, and an owner
        -- that is up to date has nothing there.
        select min(ev.position) into l_first from workflow_events ev
        where ev.run_id = r_id[r] and ev.position > b_seen[b] and ev.batch_id = b_id[b];
        b_from[b] := l_first;
      end if;
    end if;

    if b_from[b] is null then
      l_state := r_state[r]; l_pos := r_pos[r]; l_epoch := r_epoch[r];
      l_marks := ''; l_conflicts := null; l_born := null;
      l_upto := b_first[b] - 1;
      if r_id[r] is null then
        l_code := 'h';
      else
        c := d_creation[b_first[b]];
        if d_type[b_first[b]] = 'run_created' and c_minted[c] is not null
           and (c_minted[c] < date_trunc('milliseconds', v_now) - interval '24 hours'
                or c_minted[c] > date_trunc('milliseconds', v_now) + interval '5 minutes') then
          raise exception 'run id % says it was made at %, which is not between 24 hours before and 5 minutes after the store''s clock, %',
            r_id[r], c_minted[c], v_now using errcode = 'WR003';
        end if;
        -- What refuses the batch whatever its entities say. A missing or ended run and a repeated
        -- creation beat a lost fence, and that a missing permission.
        for d in b_first[b]..b_last[b] loop
          if l_state = 1 and d > b_first[b] then
            l_mark := substr(d_gate[d], case when b_claim[b] is null then 2 else 4 end, 1);
          else
            l_mark := substr(d_gate[d], case l_state when 1 then 1 when 4 then 6
                                when 2 then case when l_epoch > 0 then 4 else 2 end
                                else case when l_epoch > 0 then 5 else 3 end end, 1);
          end if;
          if l_mark in ('n', 'e', 'c', 'h') then
            l_code := l_mark; l_upto := d - 1;
            if l_mark = 'h' then l_entity := e_id[d_entity[d]]; end if;
            exit;
          end if;
          if b_owner[b] and (l_epoch <> b_epoch[b] or r_owner[r] is distinct from b_worker[b]) then
            l_code := 'f'; exit;
          end if;
          if l_mark not in ('K', 'C', 'U') then l_code := l_mark; exit; end if;
        end loop;
        l_upto := b_first[b] - 1;
        if l_code is null and b_owner[b] and r_other[r] > b_seen[b] then
          -- Its code was not told of everything: it must not end the run, nor dispose a hook that
          -- received something.
          if b_ends[b] then
            l_code := 'z';
          else
            for d in b_first[b]..b_last[b] loop
              if d_type[d] = 'hook_disposed'
                 and (e_received[d_entity[d]] > b_seen[b] or exists (
                   select from workflow_events ev
                   where ev.correlation_id = e_id[d_entity[d]] and ev.run_id = r_id[r]
                     and ev.position > b_seen[b] and ev.type = 'hook_received')) then
                l_code := 'z'; exit;
              end if;
            end loop;
          end if;
        end if;
      end if;

      if l_code is null then
        <<drafts>>
        for d in b_first[b]..b_last[b] loop
          e := d_entity[d]; t := d_token[d];
          l_mark := substr(d_gate[d], case l_state when 1 then 1 when 4 then 6
                                        else l_state + case when l_epoch > 0 then 2 else 0 end end,
                           1);
          if l_mark in ('K', 'C') and d_creation[d] is not null and l_state = 1 then
            c := d_creation[d];
            if c_key[c] is not null then
              l_key_run := null;
              for i in 1..nr loop
                -- Born in this very call.
                if r_born[i] is not null and c_workflow[r_born[i]] = c_workflow[c]
                   and c_key_hash[r_born[i]] = c_key_hash[c] then
                  l_key_run := r_id[i]; l_hash := c_input_hash[r_born[i]];
                end if;
              end loop;
              if l_key_run is null then
                select w.run_id, w.input_hash into l_key_run, l_hash
                from workflow_runs w
                where w.workflow = c_workflow[c] and w.run_key_hash = c_key_hash[c]
                  and w.run_key is not null;
              end if;
              if l_key_run is not null then
                l_code := 'r'; l_entity := c_key[c]; l_existing := l_key_run;
                exit drafts;
              end if;
            end if;
            l_born := c;
          elsif l_mark = 'K' and e is not null then
            if d_expect[d] is not null and e_attempt[e] <> d_expect[d] then
              l_mark := substr(d_guard[d], 4 + e_state[e], 1);
            else
              l_mark := substr(d_guard[d], e_state[e], 1);
            end if;
            if l_mark = 'K' then
              if d_early[d] and e_retry[e] > v_now then
                l_mark := 'y';
                l_wait := (extract(epoch from e_retry[e] - v_now) * 1000000)::bigint;
              end if;
            end if;
          end if;
          if l_mark not in ('K', 'C', 'U') then
            l_code := l_mark;
            if e is not null then l_entity := e_id[e]; end if;
            -- Made illegal by events that the code was not told of?
            if e is not null and b_owner[b] and r_other[r] > b_seen[b]
               and l_code in ('e', 's', 'a', 't', 'p', 'h', 'w') then
              if e_other[e] > b_seen[b] or exists (
                   select from workflow_events ev
                   where ev.correlation_id = e_id[e] and ev.run_id = r_id[r]
                     and ev.position > b_seen[b] and ev.seen < 0) then
                l_code := 'z';
              end if;
            end if;
            exit drafts;
          end if;

          -- Accepted: what the next draft sees. The old values are kept until the batch is through.
          l_upto := d;
          if e is not null then
            u_state[d] := e_state[e]; u_attempt[d] := e_attempt[e]; u_retry[d] := e_retry[e];
            if t is not null then
              u_run[d] := t_run[t]; u_hook[d] := t_hook[t];
              if t_run[t] is null then
                t_run[t] := r_id[r]; t_hook[t] := e_id[e];
              else
                l_mark := 'x';
                if l_conflicts is null then
                  l_conflicts := array_fill(null::text, array[b_last[b] - b_first[b] + 1]);
                end if;
                l_conflicts[d - b_first[b] + 1] := t_run[t];
              end if;
            end if;
            if l_mark <> 'x' then
              if d_next[d] is not null then e_state[e] := d_next[d]; end if;
              if e_kind[e] = 's' then
                if d_byowner[d] then
                  if d_attempt[d] is not null and d_type[d] <> 'step_created' then
                    e_attempt[e] := d_attempt[d];
                  end if;
                elsif d_type[d] = 'step_started' then
                  e_attempt[e] := e_attempt[e] + 1;
                end if;
                e_retry[e] := case when d_type[d] = 'step_retrying' then d_time[d] end;
              elsif d_type[d] = 'hook_disposed' and t_hash is not null then
                for i in 1..cardinality(t_hash) loop
                  if t_run[i] = r_id[r] and t_hook[i] = e_id[e] then
                    u_run[d] := t_run[i]; u_hook[d] := t_hook[i];
                    t_run[i] := null; t_hook[i] := null;
                  end if;
                end loop;
              end if;
            end if;
          end if;
          l_marks := l_marks || l_mark;
          if l_mark = 'C' or (l_mark = 'K' and d_next_run[d] is not null) then
            l_status := d_next_run[d];
            l_state := case l_status when 'pending' then 2 when 'running' then 3 else 4 end;
          end if;
          if b_claim[b] is not null and l_epoch = 0 then l_epoch := 1; end if;
        end loop drafts;
      end if;

      if l_code is not null then
        -- Undo what its drafts had shown to one another.
        for d in reverse l_upto..b_first[b] loop
          e := d_entity[d]; t := d_token[d];
          if e is not null then
            e_state[e] := u_state[d]; e_attempt[e] := u_attempt[d]; e_retry[e] := u_retry[d];
            if t is not null then
              t_run[t] := u_run[d]; t_hook[t] := u_hook[d];
            elsif d_type[d] = 'hook_disposed' and u_run[d] is not null then
              for i in 1..cardinality(t_hash) loop
                if t_hash[i] = e_thash[e] then t_run[i] := u_run[d]; t_hook[i] := u_hook[d]; end if;
              end loop;
            end if;
          end if;
        end loop;
      end if;
    end if;

    o_run := r_id[r]; o_owner := r_owner[r]; o_epoch := r_epoch[r]; o_queue := r_queue[r];
    o_status := l_status; o_entity := l_entity; o_existing := l_existing; o_hash := l_hash;
    o_wait := l_wait;

    if b_from[b] is not null then
      o_row := 'repeated'; return next;
      nq := nq + 1;
      q_batch[nq] := b; q_row[nq] := 'own'; q_run[nq] := r_id[r];
      q_from[nq] := b_from[b] - 1; q_to[nq] := null;
      if b_owner[b] then
        nq := nq + 1;
        q_batch[nq] := b; q_row[nq] := 'other'; q_run[nq] := r_id[r];
        q_from[nq] := b_seen[b]; q_to[nq] := b_from[b];
      end if;
      continue batches;
    end if;
    if l_code is not null then
      o_row := l_code; return next;
      if l_code = 'z' then
        nq := nq + 1;
        q_batch[nq] := b; q_row[nq] := 'other'; q_run[nq] := r_id[r];
        q_from[nq] := b_seen[b]; q_to[nq] := null;
      end if;
      continue batches;
    end if;

    -- Accepted. Positions, times, final rows.
    l_first := r_pos[r] + 1; l_first_at := null;
    l_pos := r_pos[r]; l_at := r_at[r];
    if b_owner[b] and r_other[r] > b_seen[b] then
      nq := nq + 1;
      q_batch[nq] := b; q_row[nq] := 'other'; q_run[nq] := r_id[r];
      q_from[nq] := b_seen[b]; q_to[nq] := l_first;
    end if;
    if l_born is not null then
      r_born[r] := l_born; r_queue[r] := c_queue[l_born]; r_spec[r] := c_spec[l_born];
      m_born := true;
      if b_claim[b] is not null then r_owner[r] := b_claim[b]; r_epoch[r] := 1; end if;
    end if;
    i := 0;
    for d in b_first[b]..b_last[b] loop
      i := i + 1;
      l_mark := substr(l_marks, i, 1);
      if l_mark = 'U' then continue; end if;
      if l_at is null then l_at := v_now;
      else l_at := greatest(v_now, l_at + interval '1 microsecond'); end if;
      if l_first_at is null then l_first_at := l_at; end if;
      if l_mark = 'C' then
        l_pos := l_pos + 1; n_events := n_events + 1;
        a_draft[n_events] := d; a_batch[n_events] := b; a_run[n_events] := r;
        a_pos[n_events] := l_pos; a_at[n_events] := l_at; a_type[n_events] := 'run_created';
        r_born_at[r] := l_at;
        l_at := l_at + interval '1 microsecond';
      end if;
      l_pos := l_pos + 1; n_events := n_events + 1;
      a_draft[n_events] := d; a_batch[n_events] := b; a_run[n_events] := r;
      a_pos[n_events] := l_pos; a_at[n_events] := l_at;
      if not d_byowner[d] then r_other[r] := l_pos; end if;
      e := d_entity[d];
      if l_mark = 'x' then
        a_type[n_events] := 'hook_conflict';
        a_conflict[n_events] := l_conflicts[i];
        continue;
      end if;
      a_type[n_events] := d_type[d];
      if e is null then
        if d_type[d] = 'run_created' then r_born_at[r] := l_at; end if;
        if d_type[d] = 'run_started' and r_started[r] is null then r_started[r] := l_at; end if;
        if d_next_run[d] is not null and d_next_run[d] not in ('pending', 'running') then
          r_end[r] := d; m_gone := true;
        end if;
        continue;
      end if;
      if not d_byowner[d] then e_other[e] := l_pos; end if;
      if e_kind[e] = 's' then
        m_steps := true;
        if not e_found[e] and e_made[e] is null then e_made[e] := d; e_made_at[e] := l_at; end if;
        e_status[e] := d_next_status[d];
        e_at[e] := l_at;
        case d_type[d]
          when 'step_started' then
            if e_started[e] is null then e_started[e] := l_at; end if;
          when 'step_retrying' then
            e_error[e] := d;
          when 'step_completed' then
            e_output[e] := d; e_done[e] := l_at;
            if e_started[e] is null then e_started[e] := d_time[d]; end if;
          when 'step_failed' then
            e_error[e] := d; e_done[e] := l_at;
            if e_started[e] is null then e_started[e] := d_time[d]; end if;
          when 'step_cancelled' then
            e_done[e] := l_at;
          else null;
        end case;
      elsif e_kind[e] = 'h' then
        if d_type[d] = 'hook_created' then
          m_hooks := true; e_made[e] := d; e_made_at[e] := l_at; e_thash[e] := t_hash[d_token[d]];
        elsif d_type[d] = 'hook_disposed' then
          m_gone := true; e_status[e] := 'gone';
        elsif d_type[d] = 'hook_received' then
          e_received[e] := l_pos;
        end if;
      else
        m_waits := true;
        if d_type[d] = 'wait_created' then e_made[e] := d; e_made_at[e] := l_at;
        else e_done[e] := l_at; end if;
        e_status[e] := d_next_status[d];
      end if;
    end loop;

    if l_pos > r_pos[r] or b_owner[b] then
      r_dirty[r] := true; m_runs := true;
      if b_owner[b] then
        -- What its code was not told of makes the run due.
        if r_other[r] > b_seen[b] then r_due[r] := '-infinity'; else r_due[r] := b_due[b]; end if;
        r_settle[r] := 'all';
        if l_pos > r_pos[r] then r_batch[r] := b_id[b]; r_batch_pos[r] := l_first; end if;
      else
        r_due[r] := '-infinity';
        if r_settle[r] is null then r_settle[r] := 'build'; end if;
        if b_claim[b] is not null then
          r_claimed[r] := l_pos;
          r_batch[r] := b_id[b]; r_batch_pos[r] := l_first;
        end if;
      end if;
    end if;
    if l_state = 4 and r_state[r] <> 4 then
      -- Its tokens are free and its waits gone for whatever comes next in this call.
      for e in 1..ne loop
        if e_run[e] = r and e_kind[e] <> 's' then
          e_state[e] := case when e_kind[e] = 'h' and e_state[e] = 2 then 3 else e_state[e] end;
        end if;
      end loop;
      if t_hash is not null then
        for i in 1..cardinality(t_hash) loop
          if t_run[i] = r_id[r] then t_run[i] := null; t_hook[i] := null; end if;
        end loop;
      end if;
    end if;
    r_state[r] := l_state; r_status[r] := l_status; r_pos[r] := l_pos; r_at[r] := l_at;

    o_row := 'appended'; o_owner := r_owner[r]; o_epoch := r_epoch[r]; o_queue := r_queue[r];
    if d_entity[b_first[b]] is not null then o_entity := e_id[d_entity[b_first[b]]]; end if;
    o_first := l_first; o_at := l_first_at; o_marks := l_marks; o_conflicts := l_conflicts;
    return next;
  end loop batches;

  if m_born then
    insert into workflow_runs (
      run_id, workflow, status, input, output, error, error_code, reason, attributes, created_at,
      updated_at, started_at, completed_at, deployment_id, spec_version, task_queue, run_key,
      run_key_hash, input_hash, execution_context, last_position, owner, epoch, due_at,
      claimed_position, last_other_position, last_batch_id, last_batch_position, input_bytes,
      input_codec, output_bytes, output_codec, error_bytes, error_codec, execution_context_bytes,
      execution_context_codec)
    select
      r_id[g.i], c_workflow[r_born[g.i]], r_status[g.i], c_json[r_born[g.i]]::json,
      case when r_status[g.i] = 'completed' then d_json[r_end[g.i]]::json end,
      case when r_status[g.i] = 'failed' then d_json[r_end[g.i]]::json end,
      case when r_status[g.i] = 'failed' then d_text[r_end[g.i]] end,
      case when r_status[g.i] = 'cancelled' then d_text[r_end[g.i]] end,
      c_attributes[r_born[g.i]]::jsonb, r_born_at[g.i], r_at[g.i], r_started[g.i],
      case when r_end[g.i] is not null then r_at[g.i] end,
      c_deployment[r_born[g.i]], c_spec[r_born[g.i]], c_queue[r_born[g.i]], c_key[r_born[g.i]],
      c_key_hash[r_born[g.i]], c_input_hash[r_born[g.i]], c_context_json[r_born[g.i]]::json,
      r_pos[g.i], r_owner[g.i], r_epoch[g.i], r_due[g.i], coalesce(r_claimed[g.i], 0),
      r_other[g.i], r_batch[g.i], r_batch_pos[g.i], c_bytes[r_born[g.i]], c_codec[r_born[g.i]],
      case when r_status[g.i] = 'completed' then d_bytes[r_end[g.i]] end,
      case when r_status[g.i] = 'completed' then d_codec[r_end[g.i]] end,
      case when r_status[g.i] = 'failed' then d_bytes[r_end[g.i]] end,
      case when r_status[g.i] = 'failed' then d_codec[r_end[g.i]] end,
      c_context_bytes[r_born[g.i]], c_context_codec[r_born[g.i]]
    from generate_series(1, nr) as g(i)
    where r_born[g.i] is not null
    order by c_workflow[r_born[g.i]], c_key_hash[r_born[g.i]], r_id[g.i]
    on conflict do nothing;
    get diagnostics i = row_count;
    if i <> (select count(*) from unnest(r_born) as u(x) where u.x is not null) then
      raise exception 'run or run key taken meanwhile' using errcode = 'WR001';
    end if;
  end if;

  if m_gone then
    delete from workflow_hooks h
    using generate_series(1, ne) as g(i)
    where e_kind[g.i] = 'h' and e_status[g.i] = 'gone' and e_found[g.i]
      and h.run_id = r_id[e_run[g.i]] and h.hook_id = e_id[g.i];
    delete from workflow_hooks h
    using generate_series(1, nr) as g(i)
    where r_end[g.i] is not null and r_born[g.i] is null and h.run_id = r_id[g.i];
    delete from workflow_waits w
    using generate_series(1, nr) as g(i)
    where r_end[g.i] is not null and r_born[g.i] is null and w.run_id = r_id[g.i];
  end if;

  if m_hooks then
    insert into workflow_hooks (
      run_id, hook_id, name, token, token_hash, metadata, metadata_bytes, metadata_codec, webhook,
      created_at)
    select
      r_id[e_run[g.i]], e_id[g.i], coalesce(d_name[e_made[g.i]], ''), d_token_text[e_made[g.i]],
      e_thash[g.i], d_json[e_made[g.i]]::json, d_bytes[e_made[g.i]], d_codec[e_made[g.i]],
      d_webhook[e_made[g.i]], e_made_at[g.i]
    from generate_series(1, ne) as g(i)
    where e_kind[g.i] = 'h' and e_made[g.i] is not null and e_status[g.i] is null
      and r_end[e_run[g.i]] is null
    order by e_thash[g.i]
    on conflict do nothing;
    get diagnostics i = row_count;
    if i <> (select count(*) from generate_series(1, ne) as g(i)
             where e_kind[g.i] = 'h' and e_made[g.i] is not null and e_status[g.i] is null
               and r_end[e_run[g.i]] is null) then
      raise exception 'token taken meanwhile' using errcode = 'WR001';
    end if;
  end if;

  if n_events > 0 then
    insert into workflow_events (
      run_id, position, type, correlation_id, created_at, occurred_at, batch_id, seen, name, branch,
      site_index, attempt, worker, token, conflicting_run_id, webhook, started_at, retry_at,
      resume_at, error_code, reason, payload, payload_bytes, payload_codec)
    select
      r_id[a_run[g.i]], a_pos[g.i], a_type[g.i],
      case when a_type[g.i] not like 'run%' then e_id[d_entity[a_draft[g.i]]] end,
      a_at[g.i], d_occurred[a_draft[g.i]], b_id[a_batch[g.i]],
      case when not d_byowner[a_draft[g.i]] then -1 else b_seen[a_batch[g.i]] end,
      d_name[a_draft[g.i]], d_branch[a_draft[g.i]], d_index[a_draft[g.i]],
      case when a_type[g.i] like 'step%' then d_attempt[a_draft[g.i]] end,
      d_worker[a_draft[g.i]], d_token_text[a_draft[g.i]], a_conflict[g.i],
      case when a_type[g.i] = 'hook_created' then d_webhook[a_draft[g.i]] end,
      case when a_type[g.i] in ('step_completed', 'step_failed') then d_time[a_draft[g.i]] end,
      case when a_type[g.i] = 'step_retrying' then d_time[a_draft[g.i]] end,
      case when a_type[g.i] = 'wait_created' then d_time[a_draft[g.i]] end,
      case when a_type[g.i] in ('run_failed', 'step_failed') then d_text[a_draft[g.i]] end,
      case when a_type[g.i] in ('run_cancelled', 'run_terminated', 'cancel_requested')
           then d_text[a_draft[g.i]] end,
      case when a_type[g.i] <> 'hook_conflict' then d_json[a_draft[g.i]]::json end,
      case when a_type[g.i] <> 'hook_conflict' then d_bytes[a_draft[g.i]] end,
      case when a_type[g.i] <> 'hook_conflict' then d_codec[a_draft[g.i]] end
    from generate_series(1, n_events) as g(i);
  end if;

  if m_steps then
    insert into workflow_steps (
      run_id, step_id, name, branch, status, attempt, input, output, error, error_code, created_at,
      updated_at, started_at, completed_at, retry_after, input_bytes, input_codec, output_bytes,
      output_codec, error_bytes, error_codec)
    select
      r_id[e_run[g.i]], e_id[g.i], d_name[e_made[g.i]], d_branch[e_made[g.i]], e_status[g.i],
      e_attempt[g.i],
      case when d_type[e_made[g.i]] = 'step_created' then d_json[e_made[g.i]]::json end,
      d_json[e_output[g.i]]::json, d_json[e_error[g.i]]::json, d_text[e_error[g.i]],
      e_made_at[g.i], e_at[g.i], e_started[g.i], e_done[g.i], e_retry[g.i],
      case when d_type[e_made[g.i]] = 'step_created' then d_bytes[e_made[g.i]] end,
      case when d_type[e_made[g.i]] = 'step_created' then d_codec[e_made[g.i]] end,
      d_bytes[e_output[g.i]], d_codec[e_output[g.i]], d_bytes[e_error[g.i]], d_codec[e_error[g.i]]
    from generate_series(1, ne) as g(i)
    where e_kind[g.i] = 's' and e_made[g.i] is not null;
    update workflow_steps s set
      status = e_status[g.i], attempt = e_attempt[g.i], updated_at = e_at[g.i],
      started_at = coalesce(s.started_at, e_started[g.i]),
      completed_at = e_done[g.i], retry_after = e_retry[g.i],
      output = case when e_output[g.i] is null then s.output else d_json[e_output[g.i]]::json end,
      output_bytes = case when e_output[g.i] is null then s.output_bytes
                          else d_bytes[e_output[g.i]] end,
      output_codec = case when e_output[g.i] is null then s.output_codec
                          else d_codec[e_output[g.i]] end,
      error = case when e_error[g.i] is null then s.error else d_json[e_error[g.i]]::json end,
      error_bytes = case when e_error[g.i] is null then s.error_bytes
                         else d_bytes[e_error[g.i]] end,
      error_codec = case when e_error[g.i] is null then s.error_codec
                         else d_codec[e_error[g.i]] end,
      error_code = case when d_type[e_error[g.i]] = 'step_failed' then d_text[e_error[g.i]]
                        else s.error_code end
    from generate_series(1, ne) as g(i)
    where e_kind[g.i] = 's' and e_found[g.i] and e_status[g.i] is not null
      and s.run_id = r_id[e_run[g.i]] and s.step_id = e_id[g.i];
  end if;

  if m_waits then
    insert into workflow_waits (
      run_id, wait_id, name, status, resume_at, created_at, completed_at)
    select
      r_id[e_run[g.i]], e_id[g.i], coalesce(d_name[e_made[g.i]], ''), e_status[g.i],
      d_time[e_made[g.i]], e_made_at[g.i], e_done[g.i]
    from generate_series(1, ne) as g(i)
    where e_kind[g.i] = 'w' and e_made[g.i] is not null and r_end[e_run[g.i]] is null;
    update workflow_waits w set status = e_status[g.i], completed_at = e_done[g.i]
    from generate_series(1, ne) as g(i)
    where e_kind[g.i] = 'w' and e_found[g.i] and e_status[g.i] is not null
      and w.run_id = r_id[e_run[g.i]] and w.wait_id = e_id[g.i];
  end if;

  if m_runs then
    update workflow_runs w set
      status = r_status[g.i], updated_at = r_at[g.i], started_at = r_started[g.i],
      last_position = r_pos[g.i], last_other_position = r_other[g.i], due_at = r_due[g.i],
      last_batch_id = r_batch[g.i], last_batch_position = r_batch_pos[g.i],
      completed_at = case when r_end[g.i] is not null then r_at[g.i] else w.completed_at end,
      output = case when r_end[g.i] is not null and r_status[g.i] = 'completed'
                    then d_json[r_end[g.i]]::json else w.output end,
      output_bytes = case when r_end[g.i] is not null and r_status[g.i] = 'completed'
                          then d_bytes[r_end[g.i]] else w.output_bytes end,
      output_codec = case when r_end[g.i] is not null and r_status[g.i] = 'completed'
                          then d_codec[r_end[g.i]] else w.output_codec end,
      error = case when r_end[g.i] is not null and r_status[g.i] = 'failed'
                   then d_json[r_end[g.i]]::json else w.error end,
      error_bytes = case when r_end[g.i] is not null and r_status[g.i] = 'failed'
                         then d_bytes[r_end[g.i]] else w.error_bytes end,
      error_codec = case when r_end[g.i] is not null and r_status[g.i] = 'failed'
                         then d_codec[r_end[g.i]] else w.error_codec end,
      error_code = case when r_end[g.i] is not null and r_status[g.i] = 'failed'
                        then d_text[r_end[g.i]] else w.error_code end,
      reason = case when r_end[g.i] is not null and r_status[g.i] = 'cancelled'
                    then d_text[r_end[g.i]] else w.reason end,
      stalled_at = case r_settle[g.i] when 'all' then null else w.stalled_at end,
      stalled_reason = case r_settle[g.i] when 'all' then null else w.stalled_reason end,
      stalled_build = null
    from generate_series(1, nr) as g(i)
    where r_dirty[g.i] and r_born[g.i] is null and w.run_id = r_id[g.i];
  end if;

  if nq > 0 then
    return query
      select
        q_batch[g.i], q_row[g.i], null::text, null::text, null::text, null::bigint, null::text,
        null::text, null::text, null::text, null::bigint, null::bigint, null::timestamptz,
        null::text, null::text[],
        array[
          ev.run_id, ev.position::text, ev.type, ev.correlation_id,
          to_char(ev.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          to_char(ev.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          ev.batch_id, ev.seen::text, ev.name, ev.branch, ev.site_index::text, ev.attempt::text,
          ev.worker, ev.token, ev.conflicting_run_id, ev.webhook::text,
          to_char(ev.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          to_char(ev.retry_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          to_char(ev.resume_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          ev.error_code, ev.reason, coalesce(ev.payload, w.input)::text,
          encode(coalesce(ev.payload_bytes, w.input_bytes), 'hex'),
          coalesce(ev.payload_codec, w.input_codec), w.workflow, w.deployment_id,
          w.spec_version::text, w.task_queue, w.run_key, w.input_hash, w.attributes::text,
          w.execution_context::text, encode(w.execution_context_bytes, 'hex'),
          w.execution_context_codec]
      from generate_series(1, nq) as g(i)
      join workflow_events ev on ev.run_id = q_run[g.i] and ev.position > q_from[g.i]
        and (q_to[g.i] is null or ev.position < q_to[g.i])
        and case q_row[g.i] when 'own' then ev.batch_id = b_id[q_batch[g.i]] else ev.seen < 0 end
      left join workflow_runs w
        on w.run_id = case when ev.type = 'run_created' then ev.run_id end
      order by g.i, ev.position;
  end if;
end
$$;
