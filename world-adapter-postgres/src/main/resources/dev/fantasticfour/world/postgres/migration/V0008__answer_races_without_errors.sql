-- Two who start a run under one key at once are no error of anybody's: an exception for it is rolled
-- back and answered, but stands in the server's log as one. So what was made is taken back by hand, and
-- the caller is told by what is left out of the answer: append_plain_v1 leaves all to append_v1, and
-- append_v1 answers with no row at all, which means that it is to be asked again. Lock: none.
--
-- Only the lines that raised are changed; the functions are those of V0002 and V0004.
do $migration$
declare
  v_text text;
  v_old text;
  v_new text;
  v_changes constant text[][] := array[
    ['append_plain_v1',
     $old$      raise exception 'run or run key taken meanwhile' using errcode = 'WR004';
$old$,
     $new$      delete from workflow_runs w using unnest(k_born) as u(c)
      where w.run_id = b_run[c_batch[u.c]] and w.xmin = pg_current_xact_id()::xid;
      return next; return;
$new$],
    ['append_v1',
     $old$      raise exception 'run or run key taken meanwhile' using errcode = 'WR001';
$old$,
     $new$      delete from workflow_runs w using unnest(r_id) as u(id)
      where w.run_id = u.id and w.xmin = pg_current_xact_id()::xid;
      return;
$new$],
    ['append_v1',
     $old$      raise exception 'run created meanwhile' using errcode = 'WR001';
$old$,
     $new$      return;
$new$],
    ['append_v1',
     $old$        raise exception 'token moved to another run meanwhile' using errcode = 'WR001';
$old$,
     $new$        return;
$new$]];
begin
  for i in 1..array_length(v_changes, 1) loop
    v_old := v_changes[i][2];
    v_new := v_changes[i][3];
    select pg_get_functiondef(p.oid) into strict v_text
    from pg_proc p
    where p.pronamespace = '"${schema}"'::regnamespace and p.proname = v_changes[i][1];
    if strpos(v_text, v_old) = 0 then
      raise exception '% is not as V0002 and V0004 made it', v_changes[i][1];
    end if;
    execute replace(v_text, v_old, v_new);
  end loop;
end
$migration$;
