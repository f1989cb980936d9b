package dev.fantasticfour.world.postgres.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.postgres.PostgresMigrations;
import dev.fantasticfour.world.postgres.attack.CuttingProxy.Cut;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Two JVMs append to the same few runs, through connections that are cut before the request, while
 * the server works, and between COMMIT and the answer. Nothing of what was promised breaks.
 *
 * <p>{@code -Dworld.test.seed} plays the same moves and cuts again, {@code -Dworld.test.rounds}
 * more or fewer rounds.
 */
class TwoJvmAppendAttackIT {

  private static final int ROUNDS = Integer.getInteger("world.test.rounds", 100);
  private static final long SEED = Long.getLong("world.test.seed", System.nanoTime());
  private static final List<String> TOKENS = List.of("desk-a", "desk-b", "desk-c");

  private final List<RunId> field = new ArrayList<>();
  private final List<RunId> runs = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();

  @Test
  void nothingBreaksWhenAnswersAreLostAfterCommit() throws Exception {
    System.out.println("[attack] -Dworld.test.seed=" + SEED + " -Dworld.test.rounds=" + ROUNDS);
    String database = Services.postgres().freshDatabase();
    PostgresMigrations.migrate(WorldConfig.defaults().withConnectionString(database));
    try (CuttingProxy ours = new CuttingProxy(database, SEED);
        CuttingProxy theirs = new CuttingProxy(database, ~SEED);
        OtherJvm other = new OtherJvm("b", theirs.url(), SEED + 1);
        Side side = new Side("a", ours.url(), SEED)) {
      other.awaitReady();
      ours.cutFromNowOn();
      theirs.cutFromNowOn();
      for (int round = 0; round < ROUNDS; round++) {
        replaceEndedRuns(side);
        play(round, side, other);
        ours.settle();
        theirs.settle();
      }
      ours.cutNoMore();
      theirs.cutNoMore();
      report(ours, theirs);
      verify(side, other);
    }
    assertThat(deadlocks(database)).isZero();
  }

  private void replaceEndedRuns(Side side) {
    for (int slot = 0; slot < TOKENS.size(); slot++) {
      if (slot == field.size() || hasEnded(side, field.get(slot))) {
        RunId fresh = new RunId("run-" + runs.size());
        answers.add(side.create(fresh, TOKENS.get(slot)));
        runs.add(fresh);
        if (slot == field.size()) {
          field.add(fresh);
        } else {
          field.set(slot, fresh);
        }
      }
    }
  }

  private static boolean hasEnded(Side side, RunId run) {
    RunRecord record = new Caller(side.storage()).ask(s -> s.run(run)).orElseThrow();
    return record.status().isFinal();
  }

  private void play(int round, Side side, OtherJvm other) throws Exception {
    other.startRound(round, field, TOKENS);
    List<Answer> told = new ArrayList<>(side.round(round, field, TOKENS));
    told.addAll(other.finishRound());
    assertThat(told)
        .describedAs("round %s of seed %s", round, SEED)
        .allSatisfy(answer -> assertThat(answer.fault()).isEmpty());
    answers.addAll(told);
  }

  private void report(CuttingProxy ours, CuttingProxy theirs) {
    Map<String, Long> outcomes =
        answers.stream()
            .map(Answer::outcome)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    System.out.println("[attack] " + runs.size() + " runs, " + outcomes);
    for (Cut cut : Cut.values()) {
      int count = ours.count(cut) + theirs.count(cut);
      System.out.println("[attack] requests cut " + cut + ": " + count);
      assertThat(count).describedAs("every kind of cut happened").isPositive();
    }
    assertThat(outcomes)
        .describedAs("every kind of race was lost by somebody")
        .containsKeys("Appended", "Repeated", "Fenced", "Closed", "Stale", "NotFound");
  }

  private void verify(Side side, OtherJvm other) throws Exception {
    LogsAfterTheAttack logs = new LogsAfterTheAttack(side.storage(), runs);
    System.out.println("[attack] " + logs.events() + " events");
    logs.areWellFormed();
    logs.holdExactlyWhatWasAccepted(answers);
    logs.foldToTheViews();
    assertThat(other.digest(runs)).isEqualTo(LogDigest.of(side.storage(), runs));
  }

  private static long deadlocks(String database) throws SQLException {
    try (Connection connection = DriverManager.getConnection(Databases.jdbc(database));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
