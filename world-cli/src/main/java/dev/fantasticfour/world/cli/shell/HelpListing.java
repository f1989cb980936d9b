package dev.fantasticfour.world.cli.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code world help}. */
@Command(
    name = "help",
    description = "Show the help of a command; with --json that of all, one document a line.")
public final class HelpListing implements Callable<Integer> {

  private final Session session;
  private final Map<String, String> examples;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "the words of a command")
  private List<String> words = new ArrayList<>();

  @Option(names = "--json", description = "every command that there is, for programs")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and end")
  private boolean help;

  /**
   * @param examples by the name of the command below {@code world}
   */
  public HelpListing(Session session, Map<String, String> examples) {
    this.session = session;
    this.examples = Map.copyOf(examples);
  }

  @Override
  public Integer call() {
    if (spec == null) {
      return ExitCode.NOT_ASKED;
    }
    CommandLine line = spec.parent().commandLine();
    for (String word : words) {
      CommandLine below = line.getSubcommands().get(word);
      if (below == null) {
        throw new ParameterException(spec.commandLine(), "Unknown command '" + word + "'");
      }
      line = below;
    }
    if (json) {
      list(line);
    } else {
      line.usage(session.out());
    }
    return ExitCode.OK;
  }

  private void list(CommandLine line) {
    CommandSpec each = line.getCommandSpec();
    boolean isHidden = each.usageMessage().hidden();
    boolean isHelp = each.name().equals("help") && each.parent() != each.root();
    if (isHidden || isHelp) {
      return;
    }
    // What only shows what is below it is no command of its own.
    if (line.getSubcommands().isEmpty() || each.findOption("--json") != null) {
      session.out().println(Json.line(document(each)));
    }
    line.getSubcommands().values().forEach(this::list);
  }

  private ObjectNode document(CommandSpec each) {
    String name = each.qualifiedName();
    ObjectNode node = Json.object().put("command", name);
    node.put("description", String.join(" ", each.usageMessage().description()));
    node.put("example", examples.get(name.substring(name.indexOf(' ') + 1)));
    ArrayNode options = node.putArray("options");
    for (OptionSpec option : each.options()) {
      ObjectNode of = options.addObject();
      ArrayNode names = of.putArray("names");
      for (String word : option.names()) {
        names.add(word);
      }
      describe(of, option);
    }
    ArrayNode parameters = node.putArray("parameters");
    for (PositionalParamSpec parameter : each.positionalParameters()) {
      describe(parameters.addObject(), parameter);
    }
    return node;
  }

  private static void describe(ObjectNode node, ArgSpec argument) {
    node.put("takes", argument.arity().max() == 0 ? null : argument.paramLabel());
    node.put("required", argument.required());
    node.put("description", String.join(" ", Described.lines(argument)));
  }
}
