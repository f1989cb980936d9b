package dev.fantasticfour.world.cli;

import dev.fantasticfour.world.cli.session.Actor;
import dev.fantasticfour.world.cli.session.Profile;
import dev.fantasticfour.world.cli.session.Session;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Asks twice before something is changed in a world whose profile is protected. It guards against a
 * command in the wrong window, not against people.
 */
final class Protection {

  private static final String YES = "--yes";

  private static final String BULK = "runs bulk";

  /** All that change something, by their names below {@code world}. */
  static final Set<String> ACTIONS =
      Set.of(
          "migrate",
          "after-restore",
          "import",
          "runs start",
          "runs cancel",
          "runs terminate",
          "runs nudge",
          "runs pause",
          "runs resume",
          "runs retry",
          "runs fork",
          "runs reset",
          "runs rerun",
          "runs import",
          "runs bulk",
          "runs keep",
          "runs erase",
          "retention set",
          "retention run",
          "runs repin",
          "runs wake",
          "runs signal",
          "runs set",
          "attributes index",
          "builds drain",
          "builds undrain",
          "hooks resume",
          "queue revive",
          "queue drop");

  private Protection() {}

  /** Gives every command that changes something the option that answers beforehand. */
  static void addTo(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (isAction(spec) && spec.findOption(YES) == null) {
      spec.addOption(
          OptionSpec.builder(YES)
              .type(boolean.class)
              .arity("0")
              .description("do not ask, where the profile is protected")
              .build());
    }
    if (isAction(spec) && spec.findOption(Actor.OPTION) == null) {
      spec.addOption(
          OptionSpec.builder(Actor.OPTION)
              .type(String.class)
              .paramLabel("NAME")
              .description("who does it, for `audit` (default: the user of this shell)")
              .build());
    }
    line.getSubcommands().values().forEach(Protection::addTo);
  }

  static boolean isAction(CommandSpec spec) {
    return ACTIONS.contains(name(spec));
  }

  /** The name below {@code world}. */
  static String name(CommandSpec spec) {
    String name = spec.qualifiedName();
    return name.substring(name.indexOf(' ') + 1);
  }

  /** What stands against it, or null when it may go on. */
  static @Nullable String refusal(Session session, CommandSpec spec) {
    Profile profile = session.profile();
    if (profile == null || !profile.isProtected() || !isAction(spec)) {
      return null;
    }
    // Of a bulk --yes means that it is to be done, not that nobody is to be asked; without it, it
    // only looks.
    boolean isBulk = name(spec).equals(BULK);
    if (isBulk != isAnswered(spec) || isBulk && session.answers() == null && isAnswered(spec)) {
      return null;
    }
    String what = "profile '" + profile.name() + "' is protected";
    if (session.answers() == null) {
      return what + ": add --yes to change something there without being asked";
    }
    session.err().print(what + "; type its name to go on: ");
    session.err().flush();
    String typed = session.answers().get();
    return profile.name().equals(typed == null ? null : typed.strip())
        ? null
        : what + ", and its name was not typed: nothing was changed";
  }

  private static boolean isAnswered(CommandSpec spec) {
    OptionSpec yes = spec.findOption(YES);
    return yes != null && Boolean.TRUE.equals(yes.getValue());
  }
}
