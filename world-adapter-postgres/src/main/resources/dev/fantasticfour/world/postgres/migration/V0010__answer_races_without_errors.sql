-- Two who start a run under one key at once are no error of anybody's, and neither are two who open one
-- token: an exception for it is rolled back and answered, but stands in the server's log as one. So what
-- was inserted is taken back by hand, and the caller is told that it has to ask again: append_plain_v1
-- names no batch, and append_v1 ends its answer with a row 'again', which makes everything before it
-- void (RETURN keeps what RETURN NEXT has said). Who waited for one of the rows that are taken back
-- finds it gone once this is committed. Where hooks were deleted before, which no hand brings back, it
-- is an exception still. Lock: none.
--
-- Only the lines that raised are changed; each must be found once.
do $migration$
declare
  change text[];
  code text;
begin
  foreach change slice 1 in array array[
    array['append_plain_v1',
      $old$      raise exception 'run or run key taken meanwhile' using errcode = 'WR004';
$old$,
      $new$      delete from workflow_runs w using unnest(k_born) as u(c)
      where w.run_id = b_run[c_batch[u.c]] and w.xmin = pg_current_xact_id()::xid;
      return next; return;
$new$],
    array['append_v1',
      $old$      raise exception 'run or run key taken meanwhile' using errcode = 'WR001';
$old$,
      $new$      delete from workflow_runs w using unnest(r_id) as u(id)
      where w.run_id = u.id and w.xmin = pg_current_xact_id()::xid;
      o_batch := 0; o_row := 'again'; return next; return;
$new$],
    array['append_v1',
      $old$      raise exception 'token taken meanwhile' using errcode = 'WR001';
$old$,
      $new$      if m_gone then
        raise exception 'token taken meanwhile' using errcode = 'WR001';
      end if;
      delete from workflow_hooks h using generate_series(1, ne) as g(i)
      where e_kind[g.i] = 'h' and e_made[g.i] is not null
        and h.run_id = r_id[e_run[g.i]] and h.hook_id = e_id[g.i]
        and h.xmin = pg_current_xact_id()::xid;
      delete from workflow_runs w using unnest(r_id) as u(id)
      where w.run_id = u.id and w.xmin = pg_current_xact_id()::xid;
      o_batch := 0; o_row := 'again'; return next; return;
$new$],
    array['append_v1',
      $old$      raise exception 'run created meanwhile' using errcode = 'WR001';
$old$,
      $new$      o_batch := 0; o_row := 'again'; return next; return;
$new$],
    array['append_v1',
      $old$        raise exception 'token moved to another run meanwhile' using errcode = 'WR001';
$old$,
      $new$        o_batch := 0; o_row := 'again'; return next; return;
$new$]]
  loop
    select pg_get_functiondef(p.oid) into strict code
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.proname = change[1] and n.nspname = '${schema}';
    if cardinality(string_to_array(code, change[2])) <> 2 then
      raise exception 'function % is not the one that was created here', change[1];
    end if;
    execute replace(code, change[2], change[3]);
  end loop;
end
$migration$;
