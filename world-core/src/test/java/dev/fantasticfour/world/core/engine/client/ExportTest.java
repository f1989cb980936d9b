package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.COUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.engine.export.HistoryReader;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client has the history of a run written down. */
@Timeout(30)
class ExportTest {

  private final ClientWorld world = new ClientWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private static RunHistory read(StringBuilder text) throws IOException {
    return HistoryReader.read("run", new StringReader(text.toString())).getFirst();
  }

  @Test
  void whatIsWrittenIsTheLogAsTheStoreHasIt() throws IOException {
    RunId run = world.startOwned();
    world.opensHook(run, "hook_1", "answer", "token");
    StringBuilder open = new StringBuilder();
    world.client.exportRun(run.value(), open);
    world.completes(run, "7");
    StringBuilder ended = new StringBuilder();
    world.client.exportRun(run.value(), ended);

    assertThat(read(open).header().status()).isNotEqualTo(RunStatus.COMPLETED);
    assertThat(read(ended).header().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(read(ended).header().workflow()).isEqualTo(COUNT.name());
    assertThat(read(ended).events()).isEqualTo(world.storage.history(run, 0, 100));
    assertThat(ended.toString()).contains("\"token\"", "\"payload\":\"in\"");
  }

  @Test
  void whatWasSaidIsLeftOutOnRequest() throws IOException {
    RunId run = world.startOwned();
    world.opensHook(run, "hook_1", "answer", "token-9");
    StringBuilder text = new StringBuilder();

    world.client.exportRun(run.value(), text, o -> o.redacted());

    assertThat(read(text).header().isRedacted()).isTrue();
    assertThat(text.toString()).contains("answer", "text of 2").doesNotContain("token-9", "\"in\"");
  }

  @Test
  void anUnknownRunIsRefusedBeforeAnythingIsWritten() {
    StringBuilder text = new StringBuilder();

    assertThatThrownBy(() -> world.client.exportRun("wrun_unknown", text, o -> o.ofChain()))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND))
        .hasMessageContaining("wrun_unknown");
    assertThat(text).isEmpty();
  }

  @Test
  void whatItIsWrittenToMayRefuseIt() {
    RunId run = world.startOwned();

    assertThatThrownBy(() -> world.client.exportRun(run.value(), new FullDisk()))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");
  }

  private static final class FullDisk extends Writer {

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      throw new IOException("no space left");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
