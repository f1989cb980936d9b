-- How runs are found whose owner is dead while a step of theirs is somebody else's.
create index workflow_steps_open on workflow_steps (run_id) where status in ('pending', 'running');
