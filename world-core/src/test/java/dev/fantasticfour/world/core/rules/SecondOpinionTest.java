package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.port.AppendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The rules beside the verdicts that people wrote down from the specification. Stores are compared
 * with the rules; this is what the rules are compared with.
 */
final class SecondOpinionTest {

  private static final List<MatrixCase> CASES =
      TransitionMatrix.cases("o", Instant.parse("2026-01-01T00:00:00Z"));

  private static final Map<String, VerdictTable> TABLES =
      VerdictTable.read().stream()
          .collect(Collectors.toMap(VerdictTable::heading, Function.identity()));

  private static VerdictTable table(MatrixCase it) {
    return Objects.requireNonNull(TABLES.get(VerdictWords.table(it)), it.name());
  }

  private static Optional<VerdictTable.Line> deciding(MatrixCase it) {
    VerdictTable table = table(it);
    return table.deciding(VerdictWords.cell(table.columns(), it));
  }

  @Test
  void theRulesSayOfEveryCellWhatThePageSays() {
    List<String> differences = new ArrayList<>();
    for (MatrixCase it : CASES) {
      String rules = VerdictWords.verdict(it.expected());
      Optional<VerdictTable.Line> line = deciding(it);
      String page = line.map(VerdictTable.Line::verdict).orElse("nothing");
      if (!page.equals(rules)) {
        String where = line.map(found -> " in line " + found.number()).orElse("");
        differences.add(it.name() + ": the rules say " + rules + ", the page says " + page + where);
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void everyLineAndEveryWordOfThePageDecidesSomething() {
    Map<VerdictTable.Line, List<List<String>>> decided = new HashMap<>();
    for (MatrixCase it : CASES) {
      List<String> cell = VerdictWords.cell(table(it).columns(), it);
      deciding(it)
          .ifPresent(line -> decided.computeIfAbsent(line, l -> new ArrayList<>()).add(cell));
    }
    assertThat(TABLES).hasSize(5);
    for (VerdictTable table : TABLES.values()) {
      assertThat(table.lines()).as(table.heading()).isNotEmpty();
      for (VerdictTable.Line line : table.lines()) {
        List<List<String>> cells = decided.getOrDefault(line, List.of());
        assertThat(cells).as("cells that line %d decides", line.number()).isNotEmpty();
        for (int i = 0; i < line.allowed().size(); i++) {
          int column = i;
          assertThat(cells.stream().map(cell -> cell.get(column)).collect(Collectors.toSet()))
              .as("column %s of what line %d decides", table.columns().get(i), line.number())
              .containsAll(line.allowed().get(i));
        }
      }
    }
  }

  /** What the port says of each refusal; the page has only its kind. */
  @Test
  void everyRefusalNamesWhatRefuses() {
    for (MatrixCase it : CASES) {
      if (it.expected() instanceof Verdict.Refused refused) {
        assertThat(refused.result()).as(it.name()).isEqualTo(named(it, refused.result()));
      }
      if (it.expected() instanceof Verdict.TokenTaken taken) {
        assertThat(it.at().token()).as(it.name()).isEqualTo(new NameState.Held(taken.by(), null));
      }
    }
  }

  /** The refusal of that kind, with what belongs into it. */
  private static AppendResult named(MatrixCase it, AppendResult kind) {
    Situation at = it.at();
    RunState.@Nullable Present run = at.run() instanceof RunState.Present present ? present : null;
    String entity = Objects.requireNonNullElse(it.draft().correlationId(), at.id().value());
    return switch (kind) {
      case AppendResult.Closed closed ->
          new AppendResult.Closed(Objects.requireNonNull(run).status());
      case AppendResult.Fenced fenced ->
          new AppendResult.Fenced(run == null ? 0 : run.epoch(), run == null ? null : run.owner());
      case AppendResult.NotFound missing ->
          new AppendResult.NotFound(
              missing.kind(),
              missing.kind() == AppendResult.NotFound.Kind.RUN ? at.id().value() : entity);
      case AppendResult.TooEarly early ->
          new AppendResult.TooEarly(
              Duration.between(
                  at.now(), Objects.requireNonNull(((StepState.Present) at.step()).retryAfter())));
      case AppendResult.Conflict conflict ->
          switch (conflict.reason()) {
            case RUN_KEY ->
                new AppendResult.Conflict(
                    conflict.reason(),
                    runKey(it),
                    ((NameState.Held) at.key()).run(),
                    ((NameState.Held) at.key()).inputHash());
            case AUTHORITY ->
                new AppendResult.Conflict(conflict.reason(), at.id().value(), null, null);
            case EXISTS, STATE, ATTEMPT ->
                new AppendResult.Conflict(conflict.reason(), entity, null, null);
          };
      default -> throw new AssertionError(it.name() + ": " + kind + " is no verdict on one event");
    };
  }

  private static String runKey(MatrixCase it) {
    Fact.RunCreated creation = VerdictWords.creation(it.draft().fact());
    return Objects.requireNonNull(Objects.requireNonNull(creation).runKey());
  }
}
