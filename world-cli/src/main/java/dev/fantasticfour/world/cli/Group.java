package dev.fantasticfour.world.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/** Commands under one word. None of them is made before it is known that the call may mean it. */
final class Group {

  private final String name;
  private final String description;
  private final Map<String, Function<Asked, Object>> below = new LinkedHashMap<>();

  Group(String name, String description) {
    this.name = name;
    this.description = description;
  }

  /**
   * Adds a command.
   *
   * @param command makes it: an object that picocli reads, or a command line with more below it
   */
  Group verb(String verb, Supplier<Object> command) {
    below.put(verb, asked -> command.get());
    return this;
  }

  /**
   * Adds a group.
   *
   * @param verbs puts its commands into it
   */
  Group group(String group, String about, UnaryOperator<Group> verbs) {
    below.put(
        group,
        asked -> {
          Group it = new Group(group, about);
          return (asked.names(group) ? verbs.apply(it) : it)
              .built(asked, asked.after(group))
              .addSubcommand(new HelpCommand());
        });
    return this;
  }

  /** What the call may mean of it, as the topmost of all groups. */
  CommandLine built(Asked asked) {
    return built(asked, asked.first());
  }

  /**
   * With that command alone, where there is one of that name; whoever asks for another sees all.
   */
  private CommandLine built(Asked asked, String word) {
    CommandLine group = new CommandLine(new WorldCommand());
    CommandSpec spec = group.getCommandSpec().name(name);
    spec.usageMessage().description(description);
    Function<Asked, Object> only = below.get(word);
    if (only != null) {
      return group.addSubcommand(word, only.apply(asked));
    }
    below.forEach((each, command) -> group.addSubcommand(each, command.apply(asked)));
    return group;
  }
}
