package dev.fantasticfour.world.core.engine.history;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.NonDeterminismException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Site;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The first difference between a log and the code, told with both sides and the likely edit. */
public final class Divergence extends NonDeterminismException {

  private static final long serialVersionUID = 1L;

  private static final String PAGE = "docs/versioning.md";

  /** The name of the wait that is the time limit of a scope. */
  private static final String SCOPE_TIMEOUT = "scope-timeout";

  /** One that is not the first of those that its parent forked. */
  private static final Pattern LATER_BRANCH = Pattern.compile(".*/[1-9][0-9]*");

  private static final String REMEDY =
      " The run stands, nothing is lost, and it goes on as soon as a build fits its history: put"
          + " what is new behind ctx.changed(\"the name of the change\"), which is false for runs"
          + " that went past it, and deploy that; or deploy the old build again and pin its runs to"
          + " it (`world runs repin`). See "
          + PAGE
          + '.';

  private final String explanation;
  private final Sides sides;

  private Divergence(String explanation, Sides sides) {
    super(explanation + REMEDY);
    this.explanation = explanation;
    this.sides = sides;
  }

  /** What differs and which edit may have done it, without what to do about a run that stands. */
  public String explanation() {
    return explanation;
  }

  /** Where it is, and what either side says there. */
  public Sides sides() {
    return sides;
  }

  /**
   * Both sides of a difference.
   *
   * @param position of the event in the log; 0 when it is no event of its own
   * @param recorded what history has there
   * @param asked what the code does there
   * @param unread whether the code leaves out what is recorded, rather than doing something else
   */
  public record Sides(long position, String recorded, String asked, boolean unread) {

    private static Sides other(long position, String recorded, String asked) {
      return new Sides(position, recorded, asked, false);
    }

    private static Sides unread(long position, String recorded, String asked) {
      return new Sides(position, recorded, asked, true);
    }
  }

  private static String text(RecordedRequest request) {
    return text(request.kind(), request.site());
  }

  private static String text(EntityKind kind, Site site) {
    return kind.word() + " " + site;
  }

  /** Where the code asks, for those who have to change it. */
  private static String here() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> !isOurs(frame.getClassName()))
                    .findFirst()
                    .map(frame -> " at " + frame.toStackTraceElement())
                    .orElse(""));
  }

  private static boolean isOurs(String type) {
    return type.startsWith("java.")
        || type.startsWith("jdk.")
        || type.startsWith("dev.fantasticfour.world.api.")
        || type.startsWith("dev.fantasticfour.world.core.engine.history.")
        || type.startsWith("dev.fantasticfour.world.core.engine.program.")
        || type.startsWith("dev.fantasticfour.world.core.engine.coroutine.");
  }

  static Divergence different(RecordedRequest recorded, EntityKind kind, Site site) {
    String edit =
        recorded.kind() == kind && !recorded.site().name().equals(site.name())
            ? "Was the "
                + kind.word()
                + " renamed from '"
                + recorded.site().name()
                + "' to '"
                + site.name()
                + "', or something inserted or removed before it?"
            : "Was something inserted, removed or moved before it?";
    return new Divergence(
        "History and code differ at request "
            + site.index()
            + " of branch '"
            + site.branch()
            + "': history has "
            + recorded.kind().word()
            + " '"
            + recorded.site().name()
            + "' (event "
            + recorded.position()
            + "), the code asks for "
            + kind.word()
            + " '"
            + site.name()
            + "'"
            + here()
            + ". "
            + edit
            + limitOfScope(recorded.site(), site),
        Sides.other(recorded.position(), text(recorded), text(kind, site) + here()));
  }

  /** What a wait is that the author has given no name. */
  private static String limitOfScope(Site... sites) {
    return Arrays.stream(sites).anyMatch(site -> site.name().equals(SCOPE_TIMEOUT))
        ? " A wait '"
            + SCOPE_TIMEOUT
            + "' is the time limit of a scope: was one given or taken away?"
        : "";
  }

  static Divergence inserted(EntityKind kind, Site site, RecordedRequest later) {
    return new Divergence(
        "History and code differ at request "
            + site.index()
            + " of branch '"
            + site.branch()
            + "': the code asks for "
            + kind.word()
            + " '"
            + site.name()
            + "'"
            + here()
            + ", history has nothing there, but goes on with "
            + later.kind().word()
            + " "
            + later.site()
            + ". Was the "
            + kind.word()
            + " inserted?"
            + limitOfScope(site, later.site()),
        Sides.other(later.position(), text(later), text(kind, site) + here()));
  }

  static Divergence missing(RecordedRequest recorded) {
    return new Divergence(
        "History has "
            + recorded.kind().word()
            + " "
            + recorded.site()
            + " (event "
            + recorded.position()
            + "), but the code, told everything that came before, did not ask for it. Was it"
            + " removed, or does a condition before it depend on something that is not in the"
            + " history (time, random numbers, configuration, static state)?"
            + limitOfScope(recorded.site()),
        Sides.unread(recorded.position(), text(recorded), "nothing of it"));
  }

  static Divergence notGivenUp(RecordedRequest recorded) {
    return new Divergence(
        "History says that the code closed or cancelled "
            + recorded.kind().word()
            + " "
            + recorded.site()
            + ", but it did not do so again. Was a close, a scope or a timeout removed?",
        Sides.unread(
            recorded.position(), "the end of " + text(recorded) + " by its code", "no end of it"));
  }

  /**
   * An outcome of something the code has not asked for at this point.
   *
   * @param recorded what the history says of it, if anything
   */
  public static Divergence notAsked(Event event, @Nullable RecordedRequest recorded) {
    return new Divergence(
        "History has "
            + event.type().word()
            + " of "
            + (recorded == null
                ? event.correlationId()
                : recorded.kind().word() + " " + recorded.site())
            + " (event "
            + event.position()
            + "), but the code has not asked for it at this point. Was the request moved, renamed"
            + " or removed"
            + (recorded != null && LATER_BRANCH.matcher(recorded.site().branch()).matches()
                ? ", or does ctx.map let fewer branches go on at once?"
                : "?"),
        Sides.other(
            event.position(),
            event.type().word()
                + " of "
                + (recorded == null ? event.correlationId() : text(recorded)),
            "nothing of it at this point"));
  }

  static Divergence updateNotTaken(String id) {
    return new Divergence(
        "History says that the code took update '"
            + id
            + "', but it takes no update of that name at this point. Was an onUpdate removed, moved"
            + " or renamed?",
        Sides.unread(0, "that update '" + id + "' is taken", "takes no update of that name"));
  }

  static Divergence updateNotAnswered(String id) {
    return new Divergence(
        "History says that the code answered update '"
            + id
            + "', but its handler, told everything that came before, has not come to an end. Does"
            + " it wait for something that it did not wait for then?",
        Sides.unread(0, "an answer to update '" + id + "'", "no answer to it"));
  }

  /** A hook that asks for another token than it did. */
  public static Divergence otherToken(RecordedRequest request, String recorded, String asked) {
    Site site = request.site();
    return new Divergence(
        "History and code differ at hook "
            + site
            + ": history has token "
            + Secrets.fingerprint(recorded)
            + ", the code asks for "
            + Secrets.fingerprint(asked)
            + here()
            + ". Does the token depend on something that is not in the history?",
        Sides.other(
            request.position(),
            "hook " + site + " with token " + Secrets.fingerprint(recorded),
            "token " + Secrets.fingerprint(asked) + here()));
  }

  /** A recorded value that the code can no longer read. */
  public static Divergence unreadable(String what, Throwable cause) {
    return new Divergence(
        "The recorded "
            + what
            + " cannot be read with the type the code asks for: "
            + cause.getMessage()
            + ". Was the type changed incompatibly?",
        Sides.other(0, what, "a value of another type: " + cause.getMessage()));
  }
}
