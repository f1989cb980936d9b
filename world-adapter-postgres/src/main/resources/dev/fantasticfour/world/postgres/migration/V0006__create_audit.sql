-- What operators did by hand. Lock: none that anybody waits for, all objects are new. Rewrite: none.
-- Nothing of a run writes here.

create table workflow_audit (
  request_id text collate "C" not null primary key,
  at         timestamptz(6) not null,
  actor      text not null,
  via        text not null,
  action     text not null,
  -- What it was done to; null where it was done to what matched the filter.
  target     text,
  filter     text,
  reason     text,
  -- 'intended' is what was interrupted, and may have been done.
  outcome    text not null check (outcome in ('intended', 'done', 'failed', 'refused')),
  detail     text
);

-- AuditMapper.audits, and AuditMapper.write: what was kept for long enough.
create index workflow_audit_at on workflow_audit (at, request_id);

-- AuditMapper.audits: everything that was done to one run.
create index workflow_audit_target on workflow_audit (target, at, request_id) where target is not null;
