package dev.fantasticfour.world.core.engine.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.rules.EveryFact;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories as files: what is written comes back, and what was changed is found. */
class HistoryFileTest {

  private static final RunId RUN = new RunId("wrun_01KJMMA2KV0000000000000000");
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456Z");

  private static final Fact.RunCreated BARE =
      new Fact.RunCreated("order", "build", 1, "default", null, null, null, Map.of(), null);

  private static final Fact.RunCreated FULL =
      new Fact.RunCreated(
              "order",
              "build",
              7,
              "shop",
              Payload.json("{\"id\":7,\"note\":\"sécret\"}"),
              "order-7",
              "abc",
              Map.of(
                  "customer", AttributeValue.of("c-1"),
                  "amount", AttributeValue.of(12L),
                  "vip", AttributeValue.of(true),
                  "tags", AttributeValue.of(List.of("a", "b"))),
              Payload.binary(new byte[] {0, 1, 2}))
          .pinned(Pin.to("build-2"))
          .childOf(new Parent("wrun_parent", "child_1", ClosePolicy.ABANDON, "wrun_root", 2))
          .following(new Predecessor("wrun_before", "wrun_first", 3, 1))
          .until(TIME);

  private static List<Event> log(Fact... facts) {
    List<Event> log = new ArrayList<>();
    for (Fact fact : facts) {
      long position = log.size() + 1;
      log.add(
          new Event(
              RUN,
              position,
              "evnt_" + position,
              TIME.plusNanos(position * 1_000),
              TIME,
              fact.type().isOfRun()
                  ? null
                  : fact.type().subject().name().toLowerCase(java.util.Locale.ROOT) + "_1",
              "btch_" + position,
              position % 2 == 0 ? position - 1 : Event.NOT_BY_OWNER,
              fact));
    }
    return log;
  }

  private static List<Event> everything() {
    return log(
        Stream.of(Stream.of(FULL), EveryFact.FULL.stream(), EveryFact.BARE.stream())
            .flatMap(facts -> facts)
            .toArray(Fact[]::new));
  }

  private static String written(RunHistory... histories) throws IOException {
    StringBuilder text = new StringBuilder();
    HistoryWriter.write(List.of(histories), text);
    return text.toString();
  }

  private static List<RunHistory> read(String text) throws IOException {
    return HistoryReader.read("order.jsonl", new StringReader(text));
  }

  private static void refused(String text, String... named) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .message()
        .contains("order.jsonl")
        .contains(named);
  }

  @Test
  void everyTypeOfEventComesBackAsItWas() throws IOException {
    List<Event> log = everything();
    assertThat(log.stream().map(Event::type).collect(Collectors.toSet()))
        .isEqualTo(Set.of(EventType.values()));

    RunHistory back = read(written(RunHistory.of(log))).getFirst();

    assertThat(back.events()).isEqualTo(log);
    assertThat(back.header()).isEqualTo(RunHistory.of(log).header());
  }

  @Test
  void aRunThatSaysTheLeastComesBackToo() throws IOException {
    List<Event> log = log(BARE);

    RunHistory back = read(written(RunHistory.of(log))).getFirst();

    assertThat(back.events()).isEqualTo(log);
    assertThat(back.header().status()).isEqualTo(RunStatus.PENDING);
  }

  static Stream<Payload> payloads() {
    return Stream.of(
        Payload.json("1"),
        Payload.json("-1.50e3"),
        Payload.json("\"text\""),
        Payload.json("\"\\u0000 \\ud800 \uD83D\uDE00\""),
        Payload.json("null"),
        Payload.json("true"),
        Payload.json("{\"b\":1,\"a\":1.00,\"b\":[ ]}"),
        Payload.json("{ \"spaced\" : [1, 2] }"),
        Payload.json("{\n\"lines\": 1}"),
        Payload.json(" 1"),
        Payload.json(""),
        Payload.json("{broken"),
        Payload.json("1 2"),
        Payload.json("1],[2"),
        Payload.json("[".repeat(3_000) + "]".repeat(3_000)),
        Payload.json('"' + "long".repeat(50_000) + '"'),
        Payload.of(Payload.JSON, new byte[] {'"', (byte) 0xff, '"'}),
        Payload.binary(new byte[0]),
        Payload.of("sealed", "secret".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void payloadsComeBackToTheByte(Payload payload) throws IOException {
    List<Event> log = log(BARE, new Fact.HookReceived(payload));

    assertThat(read(written(RunHistory.of(log))).getFirst().events()).isEqualTo(log);
  }

  @Test
  void aJsonPayloadStandsInItsLineAsItIs() throws IOException {
    String text = written(RunHistory.of(log(FULL)));

    assertThat(text.lines()).hasSize(3);
    assertThat(text.lines().skip(1).findFirst().orElseThrow())
        .contains("\"type\":\"run_created\"", "\"payload\":{\"id\":7,\"note\":\"sécret\"}")
        .contains("\"context_codec\":\"binary\",\"context_base64\":\"AAEC\"");
    assertThat(text.lines().findFirst().orElseThrow())
        .startsWith("{\"format\":1,\"run\":\"" + RUN + "\",\"workflow\":\"order\"")
        .contains("\"chain\":\"wrun_first\",\"link\":3");
  }

  @Test
  void theLinksOfAChainStandInOneFileInOrder() throws IOException {
    RunHistory history = RunHistory.of(log(BARE));

    List<RunHistory> back = read(written(history, history));

    assertThat(back)
        .extracting(each -> each.header().runs())
        .containsOnly(List.of(RUN.value(), RUN.value()));
    refused(written(history, history).lines().limit(3).collect(Collectors.joining("\n")), "holds");
  }

  @Test
  void lineEndsOfAnotherSystemDoNotMatter() throws IOException {
    String text = written(RunHistory.of(everything())).replace("\n", "\r\n");

    assertThat(read(text).getFirst().events()).isEqualTo(everything());
  }

  @Test
  void aChangedLineIsFound() throws IOException {
    String text = written(RunHistory.of(log(FULL, new Fact.RunStarted(null))));

    refused(text.replace("order-7", "order-8"), "line 4", "SHA-256", "changed");
  }

  @Test
  void aFileThatWasCutOffIsFound() throws IOException {
    String text = written(RunHistory.of(log(FULL, new Fact.RunStarted(null))));
    List<String> lines = text.lines().toList();

    refused(String.join("\n", lines.subList(0, 3)), "behind line 3", "cut off");
    refused(String.join("\n", lines.subList(0, 1)), "behind line 1", "cut off");
    refused("", "empty");
  }

  @Test
  void eventsOutOfOrderAreFound() throws IOException {
    List<String> lines =
        written(RunHistory.of(log(FULL, new Fact.RunStarted(null), new Fact.CancelRequested(null))))
            .lines()
            .toList();

    refused(
        String.join("\n", lines.get(0), lines.get(1), lines.get(3), lines.get(2), lines.get(4)),
        "line 3",
        "event 3 where event 2 belongs");
    refused(String.join("\n", lines.get(0), lines.get(1), lines.get(4)), "line 3", "3 events");
    refused(
        String.join("\n", lines.get(0), lines.get(2)).replace("\"position\":2", "\"position\":1"),
        "line 2",
        "begins with run_created");
  }

  @Test
  void aFormatOfTheFutureIsRefusedByItsNumber() throws IOException {
    String text = written(RunHistory.of(log(BARE)));

    refused(text.replace("\"format\":1", "\"format\":2"), "line 1", "format 2", "reads 1");
    refused(text.replace("run_created", "run_sung"), "line 2", "'run_sung'", "newer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "[1]",
        "{\"order\":1}",
        "{\"format\":\"one\"}",
        "{\"format\":1}",
        "{\"format\":1} x",
        "{\"format\":1,\"run\":7}"
      })
  void whatIsNoHistoryIsRefusedWithItsLine(String text) {
    refused(text, "line 1");
  }

  @Test
  void anEventThatLacksWhatItsTypeNeedsIsRefusedWithItsLine() throws IOException {
    String text = written(RunHistory.of(log(BARE, EveryFact.FULL.get(13))));

    refused(text.replace("\"token\":\"token\"", "\"no\":\"token\""), "line 3", "without token");
    refused(text.replace("\"seen\":1", "\"seen\":\"x\""), "line 3", "'seen'", "whole number");
    refused(
        text.replace("\"attributes\":{}", "\"lineage\":{\"parent\":\"wrun_1\"}"),
        "line 2",
        "child");
    refused(text.replace("\"attributes\":{}", "\"attributes\":7"), "line 2");
    refused(text.replace("\"protocol\":7", "\"protocol\":7000000000"), "line 1", "'protocol'");
    refused(text.replace("\"run\":\"wrun_", "\"run\":\"/ "), "line 1", "'run'");
    refused(text.replace("\"request\":2", "\"request\":7000000000"), "line 3");
    refused(text.replace("\"id\":\"evnt_2\"", "\"other\":1"), "line 3", "no 'id'");
  }

  @Test
  void aRedactedHistoryHasShapesInThePlaceOfValues() throws IOException {
    List<Event> log = everything();

    String text = written(Redaction.of(RunHistory.of(log)));

    assertThat(text)
        .contains("\"redacted\":true", "{\"id\":\"number\",\"note\":\"text of 6\"}")
        .contains("{\"codec\":\"binary\",\"bytes\":3}")
        .doesNotContain("sécret", "AAEC", "order-7", "c-1", "\"token\":\"token\"", "why")
        .doesNotContain("update_1", "btch_");
    RunHistory back = read(text).getFirst();
    assertThat(back.header().isRedacted()).isTrue();
    assertThat(back.events()).extracting(Event::type).isEqualTo(types(log));
  }

  private static List<EventType> types(List<Event> log) {
    return log.stream().map(Event::type).toList();
  }

  @Test
  void anUpdateIsKnownByOneFingerprintInARedactedHistory() {
    Site handler = new Site("s", "/~update/update_1/0", 0);
    List<Event> log =
        log(BARE, new UpdateFact.Requested("add", null), new Fact.StepCancelled(handler));

    List<Event> redacted = Redaction.of(RunHistory.of(log)).events();

    String id = String.valueOf(redacted.get(1).correlationId());
    assertThat(id).isNotEqualTo("update_1");
    assertThat(redacted.get(2).fact().toString()).contains(id).doesNotContain("update_1");
  }
}
