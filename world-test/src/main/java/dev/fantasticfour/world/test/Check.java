package dev.fantasticfour.world.test;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.replay.Replay;
import dev.fantasticfour.world.core.engine.replay.Verdict;
import dev.fantasticfour.world.core.rules.LogGrammar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Whether what a run did its code would do again, on whatever machine. */
final class Check {

  /** Neither the zone nor the locale of anybody who reads this. */
  private static final TimeZone ELSEWHERE = TimeZone.getTimeZone("Pacific/Kiritimati");

  private static final Locale OTHERWISE = Locale.forLanguageTag("th-TH-u-nu-thai");

  /** Zone and locale are those of the whole process. */
  private static final ReentrantLock ABROAD = new ReentrantLock();

  private final Registry registry;
  private final PayloadCodec codec = new JacksonPayloadCodec();
  private final ThreadFactory threads = Thread.ofVirtual().name("replayed-", 0).factory();

  Check(Registry registry) {
    this.registry = registry;
  }

  /** What is wrong with a run, for people; empty when nothing is. */
  String fault(RunRecord run, List<Event> log) {
    List<String> faults = LogGrammar.faults(log);
    if (!faults.isEmpty()) {
      return "its log is not legal: " + faults;
    }
    Definition<?, ?> definition = registry.workflow(run.workflow()).orElse(null);
    if (definition == null) {
      return "";
    }
    Replay replay = new Replay(definition, codec, threads, log);
    String here = text(replay.everywhere(), "");
    return here.isEmpty()
        ? text(abroad(replay::verdict), ", in another time zone and language")
        : here;
  }

  private static Verdict abroad(Supplier<Verdict> question) {
    ABROAD.lock();
    TimeZone zone = TimeZone.getDefault();
    Locale locale = Locale.getDefault();
    try {
      TimeZone.setDefault(ELSEWHERE);
      Locale.setDefault(OTHERWISE);
      return question.get();
    } finally {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
      ABROAD.unlock();
    }
  }

  private static String text(Verdict verdict, String where) {
    return verdict.agrees()
        ? ""
        : "its code, told its log again%s, %s\n  %s"
            .formatted(
                where,
                verdict.difference(),
                "Time, chance and ids come from the context: ctx.now(), ctx.random(), ctx.uuid();"
                    + " everything else that may change belongs into a step. The line is found by"
                    + " WorkflowRules.check(\"your.package\")");
  }
}
