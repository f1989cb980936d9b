-- How many attempts of a step have failed, and how many came to nothing: a step that is started while it
-- runs has lost the attempt before. Lock: one on the steps, for a moment; no row is written. Steps that
-- were recorded before count from now on.
--
-- A few lines of two long functions change, and each must be found once.
alter table workflow_steps
  add column failed_attempts integer not null default 0,
  add column lost_attempts integer not null default 0;

do $migration$
declare
  change text[];
  code text;
begin
  foreach change slice 1 in array array[
    array['append_v1',
      'e_attempt int[] := array_fill(0, array[ne]);',
      'e_attempt int[] := array_fill(0, array[ne]);
  e_failed int[] := array_fill(0, array[ne]);
  e_lost int[] := array_fill(0, array[ne]);
  e_was text[] := array_fill(null::text, array[ne]);'],
    array['append_v1',
      'e_attempt[e] := rec.attempt;',
      'e_attempt[e] := rec.attempt;
        e_was[e] := rec.status;'],
    array['append_v1',
      $old$        e_status[e] := d_next_status[d];
        e_at[e] := l_at;
$old$,
      $new$        if d_type[d] = 'step_started' and coalesce(e_status[e], e_was[e]) = 'running' then
          e_lost[e] := e_lost[e] + 1;
        elsif d_type[d] in ('step_retrying', 'step_failed') then
          e_failed[e] := e_failed[e] + 1;
        end if;
        e_status[e] := d_next_status[d];
        e_at[e] := l_at;
$new$],
    array['append_v1',
      'run_id, step_id, name, branch, status, attempt, input,',
      'run_id, step_id, name, branch, status, attempt, failed_attempts, lost_attempts, input,'],
    array['append_v1',
      $old$      e_attempt[g.i],
      case when d_type[e_made[g.i]] = 'step_created' then d_json$old$,
      $new$      e_attempt[g.i], e_failed[g.i], e_lost[g.i],
      case when d_type[e_made[g.i]] = 'step_created' then d_json$new$],
    array['append_v1',
      'status = e_status[g.i], attempt = e_attempt[g.i],',
      'status = e_status[g.i], attempt = e_attempt[g.i],
      failed_attempts = s.failed_attempts + e_failed[g.i],
      lost_attempts = s.lost_attempts + e_lost[g.i],'],
    array['append_plain_v1',
      'run_id, step_id, name, branch, status, attempt, input,',
      'run_id, step_id, name, branch, status, attempt, failed_attempts, lost_attempts, input,'],
    array['append_plain_v1',
      '    coalesce(attempt, 0),
',
      $new$    coalesce(attempt, 0),
    case when type in ('step_failed', 'step_retrying') then 1 else 0 end, 0,
$new$],
    array['append_plain_v1',
      'attempt = case when excluded.attempt = 0 then s.attempt else excluded.attempt end,',
      $new$attempt = case when excluded.attempt = 0 then s.attempt else excluded.attempt end,
    failed_attempts = s.failed_attempts + excluded.failed_attempts,
    lost_attempts = s.lost_attempts
      + case when s.status = 'running' and excluded.status = 'running' then 1 else 0 end,$new$]]
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
