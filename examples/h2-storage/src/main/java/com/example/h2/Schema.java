package com.example.h2;

import java.util.List;

/**
 * The tables. Times are microseconds since 1970, which no time zone and no calendar touches; a
 * payload is its codec and its bytes in one value.
 */
final class Schema {

  /** Safe to repeat. */
  static final List<String> STATEMENTS =
      List.of(
          "create table if not exists world_lock (id int primary key)",
          "merge into world_lock key (id) values (1)",
          "create sequence if not exists numbers",
          """
          create table if not exists runs (
            run_id varchar primary key, number bigint not null unique,
            workflow varchar not null, deployment_id varchar not null, spec_version int not null,
            task_queue varchar not null, input blob, run_key varchar, input_hash varchar,
            execution_context blob, status varchar not null, last_position bigint not null,
            last_created_at bigint not null, owner varchar, epoch bigint default 0 not null,
            due_at bigint, lost_attempts int default 0 not null,
            claimed_position bigint default 0 not null, stalled_at bigint, stalled_reason clob,
            stalled_build varchar, unique (workflow, run_key))\
          """,
          "create index if not exists runs_due on runs (due_at)",
          """
          create table if not exists attributes (
            run_id varchar, name varchar, content varchar not null, primary key (run_id, name))\
          """,
          """
          create table if not exists events (
            run_id varchar, position bigint, number bigint not null, type varchar not null,
            correlation_id varchar, created_at bigint not null, occurred_at bigint not null,
            batch_id varchar not null, seen bigint not null, name varchar, branch varchar,
            site_index int, attempt int, text clob, worker clob, token varchar,
            conflicting_run varchar, webhook boolean, at_time bigint, payload blob,
            primary key (run_id, position))\
          """,
          "create index if not exists events_about on events (correlation_id, run_id, position)",
          "create index if not exists events_of_batch on events (batch_id)",
          """
          create table if not exists tokens (
            token varchar primary key, run_id varchar not null, hook_id varchar not null,
            number bigint not null, unique (run_id, hook_id))\
          """,
          """
          create table if not exists workers (
            worker_id varchar primary key, build varchar not null, lease_until bigint not null,
            dead boolean not null)\
          """);

  private Schema() {}
}
