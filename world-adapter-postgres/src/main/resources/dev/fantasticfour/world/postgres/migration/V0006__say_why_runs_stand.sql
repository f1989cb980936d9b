-- When a run was let stand last and what kind of reason it was: it stands for it as long as stalled_at is
-- set; afterwards the two tell what it was. Lock: exclusive, for a moment. Rewrite: none.
alter table workflow_runs
  add column last_stall_at timestamptz(6),
  add column last_stall_cause text
    check (last_stall_cause in ('code', 'workers_lost', 'error'));

-- Where what stands now stands for is not known, it is not the code: everybody tries it again.
update workflow_runs set last_stall_at = stalled_at, last_stall_cause = 'error', stalled_build = null
where stalled_at is not null;
