package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What several clients asked of one run at the same time, when, and what each was answered.
 *
 * @param setup what was appended before, one after another
 */
record History(List<Batch> setup, List<Call> calls) {

  /**
   * A call and its answer, as text that says what a caller can know.
   *
   * @param begun when it was made, and {@code ended} when it was answered, by one clock
   */
  record Call(Op op, long begun, long ended, String answer) {

    /** Makes the call. */
    static Call make(Storage at, Op op) {
      long begun = System.nanoTime();
      String answer = op.ask().apply(at);
      return new Call(op, begun, System.nanoTime(), answer);
    }

    /** Whether this was answered before that was made. */
    boolean isBefore(Call other) {
      return ended < other.begun;
    }
  }

  /**
   * Something that can be asked of any store.
   *
   * @param name for messages
   */
  record Op(String name, Function<Storage, String> ask) {

    static Op append(Batch batch) {
      return new Op(
          batch.drafts().stream()
              .map(draft -> draft.fact().type().word())
              .collect(Collectors.joining("+")),
          at -> answer(at.append(List.of(batch)).getFirst()));
    }

    static Op log(RunId run) {
      return new Op("log", at -> words(at.history(run, 0, 1_000)));
    }

    static Op view(RunId run) {
      return new Op(
          "view",
          at ->
              at.run(run)
                  .map(view -> view.status() + " at " + view.lastPosition())
                  .orElse("nothing"));
    }

    static Op step(RunId run, String id) {
      return new Op(
          "step",
          at ->
              at.step(run, id)
                  .map(step -> step.status() + " attempt " + step.attempt())
                  .orElse("nothing"));
    }

    static Op token(String token) {
      return new Op("token", at -> at.hookByToken(token).map(hook -> hook.id()).orElse("nothing"));
    }

    private static String answer(AppendResult result) {
      return switch (result) {
        case AppendResult.Appended appended -> "appended " + words(appended.events());
        case AppendResult.Repeated repeated -> "repeated " + words(repeated.events());
        default -> result.toString();
      };
    }

    private static String words(List<Event> events) {
      return events.stream()
          .map(event -> event.position() + " " + event.type().word())
          .collect(Collectors.joining(", ", "[", "]"));
    }
  }
}
