-- A start that is recorded late says when it was (step_started.started_at); before, it was when it was
-- recorded. Three lines of two long functions change, and each must be found once.
do $migration$
declare
  change text[];
  code text;
begin
  foreach change slice 1 in array array[
    array['append_v1',
      'e_started[e] := l_at;',
      'e_started[e] := coalesce(d_time[d], l_at);'],
    array['append_v1',
      'case when a_type[g.i] in (''step_completed'', ''step_failed'') then d_time',
      'case when a_type[g.i] in (''step_started'', ''step_completed'', ''step_failed'') then d_time'],
    array['append_plain_v1',
      'case when type = ''step_started'' then created_at else started_at end',
      'case when type = ''step_started'' then coalesce(started_at, created_at) else started_at end']]
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
