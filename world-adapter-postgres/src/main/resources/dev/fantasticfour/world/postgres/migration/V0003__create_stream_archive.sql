-- The streams as they are kept for good. Lock: none that anybody waits for, all objects are new.
-- Rewrite: none.

-- One row per stream that was ever written to. Names may be longer than an index entry, so that
-- their SHA-256 is what is unique. A life is what the streamer held between two losses; bases tells
-- where each began, and the last one of an ended stream how many chunks it has.
create table workflow_streams (
  stream_id  bigint generated always as identity primary key,
  run_id     text collate "C" not null,
  name       text not null,
  name_hash  bytea not null,
  created_at timestamptz(6) not null default clock_timestamp(),
  ended      boolean not null default false,
  bases      bigint[] not null default '{}',
  -- Workers that may hold chunks of the current life which are not kept, and whether it is lost.
  writers    text[] not null default '{}',
  lost       boolean not null default false,
  -- How many indices of the current life may have been given to chunks that nobody knows of.
  in_doubt   bigint not null default 0
) with (fillfactor = 70);

-- archive_v1, ArchiveMapper.archived and ArchiveMapper.names.
create unique index workflow_streams_run_id_name on workflow_streams (run_id, name_hash);
-- ArchiveMapper.heldBy.
create index workflow_streams_written on workflow_streams (stream_id) where writers <> '{}';

-- A chunk at its index. Below the last of the stream's bases a missing index is a lost chunk. Rows
-- with restarted_from are marks: the step began anew, and its chunks from that index on are void.
create table workflow_stream_chunks (
  stream_id      bigint not null,
  index          bigint not null,
  step_id        text collate "C",
  attempt        integer not null,
  restarted_from bigint,
  payload        json,
  payload_bytes  bytea,
  payload_codec  text,
  size           integer not null,
  primary key (stream_id, index)
);

-- Keeps sections of streams; see StreamArchive for what the answers mean. The rows of streams are
-- locked in order before anything is read, so that each statement after that sees what was decided
-- before.
--
-- No index is given twice: the next life begins beyond every one that may have been given in the
-- last, to chunks that dead writers had not handed in, p_most_unkept each at most, or to writes
-- that nobody answered.
--
-- s_next is how many chunks a stream has that ends, or how many indices may have been given to what a
-- worker writes first in the next life: where that worker opens it and nothing else is in doubt, it
-- gets them again.
--
-- Arguments are columns of two tables: s_ sections in order, c_ chunks, a section having those from
-- s_first to s_last.
create function archive_v1(
  p_most_unkept int,
  s_run text[], s_name text[], s_hash bytea[], s_worker text[], s_life bigint[], s_then text[],
  s_next bigint[], s_in_doubt bigint[], s_first int[], s_last int[],
  c_index bigint[], c_step text[], c_attempt int[], c_from bigint[],
  c_json text[], c_bytes bytea[], c_codec text[], c_size int[]
) returns table (
  o_section int, o_answer text, o_life bigint, o_base bigint,
  o_steps text[], o_attempts int[], o_firsts bigint[]
) language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan set jit = off set lock_timeout = '5s'
set search_path = "${schema}", pg_temp
as $$
declare
  l_row workflow_streams%rowtype;
  l_life bigint;
  l_base bigint;
  l_top bigint;
  l_count bigint;
  l_waits boolean;
  l_then text;
begin
  insert into workflow_streams (run_id, name, name_hash)
  select distinct on (s.run, s.hash) s.run, s.name, s.hash
  from unnest(s_run, s_name, s_hash, s_life, s_then) as s (run, name, hash, life, then_)
  where s.life = 0 and s.then_ = 'next'
    and not exists (
      select from workflow_streams k where k.run_id = s.run and k.name_hash = s.hash)
  order by s.run, s.hash
  on conflict (run_id, name_hash) do nothing;

  perform from workflow_streams k
  where (k.run_id, k.name_hash) in (
    select s.run, s.hash from unnest(s_run, s_hash) as s (run, hash))
  order by k.run_id, k.name_hash
  for no key update;

  for i in 1 .. cardinality(s_run) loop
    o_section := i;
    o_steps := null; o_attempts := null; o_firsts := null; o_base := null;
    select k.* into l_row from workflow_streams k
    where k.run_id = s_run[i] and k.name_hash = s_hash[i];
    if not found then
      o_answer := 'over'; o_life := 0;
      return next;
      continue;
    end if;
    l_life := cardinality(l_row.bases);
    l_base := coalesce(l_row.bases[l_life], 0);
    l_then := s_then[i];
    o_life := l_life;
    if l_row.ended then
      o_answer := 'ended'; o_base := l_base;
      return next;
      continue;
    end if;
    if s_life[i] = l_life then
      if s_last[i] >= s_first[i] then
        insert into workflow_stream_chunks (
          stream_id, index, step_id, attempt, restarted_from,
          payload, payload_bytes, payload_codec, size)
        select l_row.stream_id, c.index, c.step, c.attempt, c.from_,
          c.json::json, c.bytes, c.codec, c.size
        from unnest(
          c_index[s_first[i]:s_last[i]], c_step[s_first[i]:s_last[i]],
          c_attempt[s_first[i]:s_last[i]], c_from[s_first[i]:s_last[i]],
          c_json[s_first[i]:s_last[i]], c_bytes[s_first[i]:s_last[i]],
          c_codec[s_first[i]:s_last[i]], c_size[s_first[i]:s_last[i]])
          as c (index, step, attempt, from_, json, bytes, codec, size)
        where c.index >= l_base
        on conflict (stream_id, index) do nothing;
      end if;
    elsif l_then <> 'next' or s_life[i] > l_life then
      o_answer := 'over';
      return next;
      continue;
    elsif not l_row.lost then
      update workflow_streams k
      set writers = array_append(array_remove(k.writers, s_worker[i]), s_worker[i])
      where k.stream_id = l_row.stream_id;
      o_answer := 'entered';
      return next;
      continue;
    end if;

    if l_then = 'write-on' then
      o_answer := case when l_row.lost then 'taken-lost' else 'taken' end;
      return next;
      continue;
    end if;
    l_row.writers := array_remove(l_row.writers, s_worker[i]);
    l_row.in_doubt := l_row.in_doubt + s_in_doubt[i];
    if l_then = 'leave' then
      update workflow_streams k set writers = l_row.writers, in_doubt = l_row.in_doubt
      where k.stream_id = l_row.stream_id;
      o_answer := case when l_row.lost then 'taken-lost' else 'taken' end;
      return next;
      continue;
    end if;
    l_waits := l_then <> 'end' and exists (
      select from workflow_workers w where w.worker_id = any (l_row.writers) and not w.dead);
    if l_then = 'next' and s_life[i] = l_life
      and (l_waits or l_row.in_doubt > 0 or cardinality(l_row.writers) > 0)
    then
      l_row.in_doubt := l_row.in_doubt + s_next[i];
    end if;
    if l_waits then
      update workflow_streams k
      set writers = l_row.writers, in_doubt = l_row.in_doubt, lost = true
      where k.stream_id = l_row.stream_id;
      o_answer := 'waiting';
      return next;
      continue;
    end if;

    if l_then = 'end' then
      select count(*) into l_top from workflow_stream_chunks c
      where c.stream_id = l_row.stream_id and c.index >= l_base and c.index < s_next[i];
      if l_top < s_next[i] - l_base then
        select min(m.index) into l_top from (
          select l_base as index
          union all
          select c.index + 1 from workflow_stream_chunks c
          where c.stream_id = l_row.stream_id and c.index >= l_base) m
        where not exists (
          select from workflow_stream_chunks c
          where c.stream_id = l_row.stream_id and c.index = m.index);
        o_answer := 'missing'; o_base := l_top;
        return next;
        continue;
      end if;
    end if;

    -- The life is over. Whoever is still in it died in it.
    select greatest(l_base, coalesce(max(c.index) + 1, 0)), count(*) filter (where c.index >= l_base)
    into l_top, l_count
    from workflow_stream_chunks c where c.stream_id = l_row.stream_id;
    if l_then = 'end' then
      l_top := greatest(l_top, s_next[i] + l_row.in_doubt);
    else
      l_top := greatest(
        l_top,
        l_base + l_count + l_row.in_doubt + p_most_unkept * cardinality(l_row.writers));
    end if;
    update workflow_streams k set
      bases = array_append(k.bases, l_top),
      writers = case when l_then = 'next' then array[s_worker[i]] else '{}' end,
      lost = false,
      in_doubt = 0,
      ended = l_then <> 'next'
    where k.stream_id = l_row.stream_id;
    o_life := l_life + 1;
    o_base := l_top;
    if l_then = 'next' then
      o_answer := 'opened';
      select array_agg(t.step_id), array_agg(t.attempt), array_agg(t.first)
      into o_steps, o_attempts, o_firsts
      from (
        select c.step_id, max(c.attempt) as attempt, min(c.index) as first
        from workflow_stream_chunks c
        where c.stream_id = l_row.stream_id and c.step_id is not null
          and c.restarted_from is null
        group by c.step_id) t;
    else
      o_answer := 'ended';
    end if;
    return next;
  end loop;
end
$$;
