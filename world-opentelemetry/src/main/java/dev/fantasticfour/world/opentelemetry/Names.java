package dev.fantasticfour.world.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;

/** The names of attributes. */
final class Names {

  static final AttributeKey<String> RUN = AttributeKey.stringKey("world.run.id");
  static final AttributeKey<String> WORKFLOW = AttributeKey.stringKey("world.workflow");
  static final AttributeKey<String> BRANCH = AttributeKey.stringKey("world.branch");
  static final AttributeKey<String> STEP = AttributeKey.stringKey("world.step.name");
  static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("world.step.attempt");
  static final AttributeKey<String> WORKER = AttributeKey.stringKey("world.worker.id");
  static final AttributeKey<String> BUILD = AttributeKey.stringKey("world.build.id");
  static final AttributeKey<String> HOOK = AttributeKey.stringKey("world.hook");
  static final AttributeKey<Long> REPLAYED = AttributeKey.longKey("world.events.replayed");
  static final AttributeKey<Double> SECONDS = AttributeKey.doubleKey("world.replay.seconds");
  static final AttributeKey<Long> BATCHES = AttributeKey.longKey("world.append.batches");
  static final AttributeKey<Long> RUNS = AttributeKey.longKey("world.claim.runs");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private Names() {}
}
