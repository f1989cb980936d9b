package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Audit.Deed;
import dev.fantasticfour.world.core.port.Audit.Entry;
import dev.fantasticfour.world.core.port.Audit.Outcome;
import dev.fantasticfour.world.core.port.Audit.Which;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.tck.Requires;
import dev.fantasticfour.world.tck.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What operators did is written down before and after, found again, and kept for long. */
public interface AuditChapter {

  /** Of a target that nobody else has. */
  private static Deed deed(String target) {
    return new Deed(
        "act-" + UUID.randomUUID(), "ada", "cli", "cancel", target, null, "it was a mistake");
  }

  private static Which of(@Nullable String target) {
    return new Which(null, null, target, null, null);
  }

  private static List<Entry> entries(StorageScene scene, Which which) {
    return scene.peer().audits(which, PageRequest.newestFirst()).items();
  }

  @Test
  @Requires(Capability.AUDIT)
  @Rule("AUD-1")
  default void aDeedIsWrittenBeforeItIsDoneAndOnceMoreWhenItHasEnded(StorageScene scene) {
    Deed deed = deed(scene.workflow());
    assertThat(scene.storage().audit(deed, Outcome.INTENDED, null)).isTrue();
    Entry intended = entries(scene, of(deed.target())).getFirst();
    assertThat(intended.deed()).isEqualTo(deed);
    assertThat(intended.outcome()).isEqualTo(Outcome.INTENDED);
    assertThat(intended.detail()).isNull();

    assertThat(scene.peer().audit(deed, Outcome.DONE, "at position 7")).isTrue();
    assertThat(entries(scene, of(deed.target())))
        .containsExactly(new Entry(intended.at(), deed, Outcome.DONE, "at position 7"));
  }

  @Test
  @Requires(Capability.AUDIT)
  @Rule("AUD-1")
  default void whatHasEndedStaysAsItEnded(StorageScene scene) {
    for (Outcome end : List.of(Outcome.DONE, Outcome.FAILED, Outcome.REFUSED)) {
      Deed deed = deed(scene.workflow());
      assertThat(scene.storage().audit(deed, end, "so")).as("without being intended").isTrue();
      for (Outcome later : Outcome.values()) {
        assertThat(scene.peer().audit(deed, later, "otherwise")).isFalse();
      }
      assertThat(entries(scene, of(deed.target())))
          .singleElement()
          .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(end))
          .satisfies(entry -> assertThat(entry.detail()).isEqualTo("so"));
    }
    Deed twice = deed(scene.workflow());
    assertThat(scene.storage().audit(twice, Outcome.INTENDED, null)).isTrue();
    assertThat(scene.storage().audit(twice, Outcome.INTENDED, null)).as("again").isFalse();
  }

  @Test
  @Requires(Capability.AUDIT)
  @Rule("AUD-2")
  default void entriesAreFoundByWhatTheySay(StorageScene scene) {
    String target = scene.workflow();
    Deed mine = deed(target);
    Deed other =
        new Deed("act-" + UUID.randomUUID(), "bob", "console", "pause", target, null, null);
    Deed filtered =
        new Deed(
            "act-" + UUID.randomUUID(), "eve " + target, "cli", "bulk-retry", null, "a=b", null);
    scene.storage().audit(mine, Outcome.DONE, null);
    scene.storage().audit(other, Outcome.REFUSED, "no");
    scene.storage().audit(filtered, Outcome.INTENDED, null);

    assertThat(deeds(scene, of(target))).containsExactly(other, mine);
    assertThat(deeds(scene, new Which("bob", null, target, null, null))).containsExactly(other);
    assertThat(deeds(scene, new Which(null, "cancel", target, null, null))).containsExactly(mine);
    assertThat(deeds(scene, new Which(null, null, target, Outcome.REFUSED, null)))
        .containsExactly(other);
    assertThat(deeds(scene, new Which(filtered.actor(), null, null, null, null)))
        .containsExactly(filtered);
    Instant later = entries(scene, of(target)).getFirst().at();
    assertThat(deeds(scene, new Which(null, null, target, null, later))).containsExactly(other);
    assertThat(deeds(scene, new Which(null, null, target, null, later.plusSeconds(60)))).isEmpty();
  }

  private static List<Deed> deeds(StorageScene scene, Which which) {
    return entries(scene, which).stream().map(Entry::deed).toList();
  }

  @Test
  @Requires(Capability.AUDIT)
  @Rule({"AUD-2", "PAG-1"})
  default void entriesAreReadByPageInBothDirections(StorageScene scene) {
    String target = scene.workflow();
    List<Deed> all = List.of(deed(target), deed(target), deed(target), deed(target), deed(target));
    all.forEach(deed -> scene.storage().audit(deed, Outcome.DONE, null));
    assertThat(read(scene, target, PageRequest.oldestFirst().withLimit(2))).isEqualTo(all);
    assertThat(read(scene, target, PageRequest.newestFirst().withLimit(2)))
        .isEqualTo(all.reversed());
    @Nullable String cursor =
        scene.storage().audits(of(target), PageRequest.newestFirst()).cursor();
    Throwable refused =
        catchThrowable(
            () -> scene.storage().audits(Which.ALL, PageRequest.newestFirst().after(cursor)));
    assertThat(((WorldException) refused).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  private static List<Deed> read(StorageScene scene, String target, PageRequest request) {
    List<Deed> read = new ArrayList<>();
    PageRequest next = request;
    while (true) {
      Page<Entry> page = scene.peer().audits(of(target), next);
      page.items().forEach(entry -> read.add(entry.deed()));
      if (!page.hasMore()) {
        return read;
      }
      next = request.after(page.cursor());
    }
  }

  @Test
  @Requires(Capability.AUDIT)
  @Rule("AUD-1")
  default void oddTextIsNoReasonToWriteNothing(StorageScene scene) {
    Deed deed =
        new Deed(
            "act-" + UUID.randomUUID(),
            scene.workflow() + "\u0000\ud800",
            "cli",
            "cancel",
            null,
            "\u0000",
            "\ud800");
    assertThat(scene.storage().audit(deed, Outcome.FAILED, "\u0000")).isTrue();
    assertThat(entries(scene, new Which(deed.actor(), null, null, null, null))).hasSize(1);
  }

  @Test
  @Rule({"AUD-4", "L9"})
  default void anAuditThatIsDeclinedIsRefused(StorageScene scene) {
    if (!scene.storage().declined().contains(Capability.AUDIT)) {
      assertThat(entries(scene, of(scene.workflow()))).isEmpty();
      return;
    }
    for (Runnable call :
        List.<Runnable>of(
            () -> scene.storage().audit(deed("w"), Outcome.DONE, null),
            () -> scene.storage().audits(Which.ALL, PageRequest.newestFirst()))) {
      Throwable thrown = catchThrowable(call::run);
      assertThat(thrown).isInstanceOf(WorldException.class);
      assertThat(((WorldException) thrown).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }
  }
}
